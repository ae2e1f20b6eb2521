import CCurl
import Files
import Foundation

/// Downloads one file from the first of its addresses that works, resuming what an earlier attempt left.
struct Download {
  let file: LockedFile
  /// The path of the complete file; the part lies next to it until then.
  let destination: String
  /// The required checksum, if known: the lock's, or that of the first fetch.
  let sha256: String?
  let policy: DownloadPolicy
  let context: StoreContext

  private enum Outcome {
    case complete
    case passing(String)
    case hopeless(String)
    case stale
  }

  /// Downloads the file and returns its checksum.
  func run() throws(StoreError) -> String {
    let part = try PartFile(path: destination + ".part", shouldStop: context.shouldStop)
    if let bytes = file.bytes, part.size > bytes { try part.restart() }
    try requireSpace((file.bytes ?? 0) - part.size, in: destination)
    var failed: [StoreError.FailedAddress] = []
    for address in file.addresses {
      let digits: String
      do throws(Failure) { digits = try fetch(from: address, into: part) } catch {
        switch error {
        case .ours(let error): throw error
        case .hopeless(let reason):
          failed.append(.init(address: address, reason: reason))
          context.report(.gaveUp(address: address, reason: reason))
        }
        continue
      }
      try part.commit(to: destination)
      if sha256 != nil || file.sha256Prefix != nil { context.report(.verified(file: file.name, sha256: digits)) }
      return digits
    }
    let keeps = part.size > 0
    if !keeps { part.discard() }
    throw .cannotFetch(file: file.name, attempts: failed, keeps: keeps)
  }

  private enum Failure: Error {
    case hopeless(String)
    case ours(StoreError)
  }

  private func fetch(from address: String, into part: PartFile) throws(Failure) -> String {
    var (failures, restarted, mark) = (0, false, part.size)
    while true {
      let resumed = part.size
      switch try attempt(address, part) {
      case .complete:
        let found = try ours { () throws(StoreError) in try part.sha256 }
        guard let complaint = complaint(about: found) else { return found }
        try restart(part)
        // The older part may be wrong: try once more from the start.
        guard resumed > 0, !restarted else { throw .hopeless(complaint) }
        restarted = true
      case .stale:
        guard !restarted else { throw .hopeless("its answers to requests for parts do not fit together") }
        restarted = true
        try restart(part)
      case .hopeless(let reason):
        throw .hopeless(reason)
      case .passing(let reason):
        // Progress resets the count of failures; a server that sends a few bytes at a time does not.
        if part.size - mark >= 1 << 20 { (failures, mark) = (0, part.size) }
        failures += 1
        guard failures < policy.attempts else { throw .hopeless("\(reason), \(failures) times") }
        try pause(policy.pause(after: failures), because: reason, part)
      }
    }
  }

  /// Makes one request, unless all bytes are already there.
  private func attempt(_ address: String, _ part: PartFile) throws(Failure) -> Outcome {
    if part.size > 0, part.size == file.bytes { return .complete }
    // Append to another server's bytes only if a checksum will verify the result.
    if part.size > 0, part.origin?.address != address, sha256 == nil || file.bytes == nil { try restart(part) }
    context.report(.connecting(file: file.name, address: address, from: part.size))
    let sameServer = part.origin?.address == address
    if part.size > 0, sameServer, part.origin?.validator == nil, sha256 == nil { try restart(part) }
    let reception = Reception(file, from: address, into: part, policy, context)
    let end = Transfer.perform(
      address, from: part.size, ifRange: sameServer ? part.origin?.validator : nil, policy: policy, to: reception)
    if !end.began, end.code == CURLE_OK { _ = reception.begin(end.response) }
    switch reception.refusal {
    case .ours(let error): throw .ours(error)
    case .hopeless(let reason): return .hopeless(reason)
    case .passing(let reason): return .passing(reason)
    case .stale: return .stale
    case nil: break
    }
    switch end.code {
    case CURLE_OK:
      guard let expected = reception.expected, part.size != expected else { return .complete }
      return .passing("it ended after \(part.size) of \(expected) bytes")
    case CURLE_OPERATION_TIMEDOUT: return .passing("it stalled: \(end.reason)")
    case CURLE_PARTIAL_FILE: return .passing("it was cut after \(part.size) bytes: \(end.reason)")
    case CURLE_PEER_FAILED_VERIFICATION, CURLE_SSL_CACERT_BADFILE:
      let authorities = policy.authorities.map { "\($0.variable) sets the certificate authorities to \($0.path)" }
      return .hopeless(
        "\(end.reason); "
          + (authorities ?? "if your network has its own certificate authority, name its file in SSL_CERT_FILE"))
    case CURLE_TOO_MANY_REDIRECTS, CURLE_UNSUPPORTED_PROTOCOL, CURLE_URL_MALFORMAT:
      return .hopeless(end.reason)
    default: return .passing(end.reason)
    }
  }

  /// What is wrong with the checksum; nil if it is right.
  private func complaint(about found: String) -> String? {
    if let sha256, found != sha256 { return "wrong bytes: expected sha256 \(sha256), found \(found)" }
    if let prefix = file.sha256Prefix, !found.hasPrefix(prefix) {
      return "wrong bytes: expected a sha256 that starts with \(prefix), found \(found)"
    }
    return nil
  }

  private func restart(_ part: PartFile) throws(Failure) { try ours { () throws(StoreError) in try part.restart() } }

  /// Marks errors for which no address is to blame.
  private func ours<R>(_ body: () throws(StoreError) -> R) throws(Failure) -> R {
    do throws(StoreError) { return try body() } catch { throw .ours(error) }
  }

  private func pause(_ seconds: Double, because reason: String, _ part: PartFile) throws(Failure) {
    context.report(.retrying(file: file.name, reason: reason, seconds: seconds))
    let end = ProcessInfo.processInfo.systemUptime + seconds
    while ProcessInfo.processInfo.systemUptime < end {
      if context.shouldStop() { throw .ours(.interrupted(kept: part.path)) }
      usleep(UInt32(min(50_000, max(1000, (end - ProcessInfo.processInfo.systemUptime) * 1e6))))
    }
  }
}
