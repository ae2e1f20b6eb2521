import Foundation

/// Writes one response into a part: checks that it is the wanted file, and stops it if it sends more than promised.
final class Reception: TransferReceiver {
  /// Why a transfer failed, and what helps.
  enum Refusal {
    /// This address will not provide the file.
    case hopeless(String)
    /// This address may provide the file later.
    case passing(String)
    /// The part does not match the server's file: start over.
    case stale
    /// Writing failed, or the user asked to stop.
    case ours(StoreError)
  }

  private let file: LockedFile
  private let address: String
  private let part: PartFile
  private let start: Int
  private let policy: DownloadPolicy
  private let context: StoreContext
  private var lastReport = -Double.infinity
  private(set) var refusal: Refusal?
  /// The length that the file must have: the lock's, otherwise the server's.
  private(set) var expected: Int?

  init(_ file: LockedFile, from address: String, into part: PartFile, _ policy: DownloadPolicy, _ context: StoreContext)
  {
    self.file = file
    self.address = address
    self.part = part
    self.policy = policy
    self.context = context
    start = part.size
    expected = file.bytes
  }

  func begin(_ response: Response) -> Bool {
    do throws(StoreError) {
      refusal = try judge(response)
    } catch {
      refusal = .ours(error)
    }
    return refusal == nil
  }

  private func judge(_ response: Response) throws(StoreError) -> Refusal? {
    var length: Int?
    switch response.status {
    case 200:
      if start > 0 { try part.restart() }  // the server sends all of it again
      length = response.length
    case 206:
      guard start > 0, let range = response.range, range.first == start else { return .stale }
      guard let total = range.total ?? file.bytes, total >= start, total == part.origin?.length ?? total else {
        return .stale
      }
      length = total
    case 416: return start > 0 ? .stale : .hopeless("HTTP status 416")
    case 408, 425, 429, 500...599: return .passing("HTTP status \(response.status)")
    default: return .hopeless("HTTP status \(response.status)")
    }
    // No locked file is a web page, and the type alone may reveal one of the right length.
    if file.sha256 == nil, response.headers["content-type"]?.lowercased().hasPrefix("text/html") == true {
      return .hopeless("it sends a web page, such as one that asks for a log-in")
    }
    if let bytes = file.bytes, let length, length != bytes {
      return .hopeless("its file has \(length) bytes, expected \(bytes)")
    }
    if let length, !(0...policy.longestUnknown).contains(length), file.bytes == nil {
      return .hopeless("its file is said to have \(length) bytes, expected at most \(policy.longestUnknown)")
    }
    expected = file.bytes ?? length
    if file.bytes == nil, let length { try requireSpace(length - part.size, in: part.path) }
    try part.note(PartFile.Origin(address: address, validator: validator(response), length: expected))
    return nil
  }

  /// The validator for `If-Range`: a strong ETag, otherwise the date of the last change.
  private func validator(_ response: Response) -> String? {
    if let tag = response.headers["etag"], !tag.hasPrefix("W/") { return tag }
    return response.headers["last-modified"]
  }

  func receive(_ bytes: UnsafeRawBufferPointer) -> Bool {
    let limit = expected ?? policy.longestUnknown
    let room = limit - part.size
    guard bytes.count <= room else {
      // A response longer than promised is not the file.
      do throws(StoreError) { try part.restart() } catch { refusal = .ours(error) }
      refusal = refusal ?? .hopeless("it sends more than the promised \(limit) bytes")
      return false
    }
    do throws(StoreError) { try part.append(bytes) } catch {
      refusal = .ours(error)
      return false
    }
    report()
    return goesOn()
  }

  func goesOn() -> Bool {
    guard context.shouldStop() else { return true }
    refusal = .ours(.interrupted(kept: part.path))
    return false
  }

  private func report() {
    let now = ProcessInfo.processInfo.systemUptime
    guard now - lastReport > 0.1 || part.size == expected else { return }
    lastReport = now
    context.report(.received(file: file.name, bytes: part.size, of: expected))
  }
}
