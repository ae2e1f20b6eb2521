import Files
import Foundation

/// An error between an address and a dataset's folder; its description says what is wrong, where, and what to do.
public enum StoreError: Error, Equatable, Sendable {
  case unknownItem(kind: LockedItem.Kind, name: String, known: [String])
  case damagedLock(path: String, place: String, expected: String, found: String)
  case cannotRead(path: String, reason: String)
  case cannotWrite(path: String, reason: String)
  case noSpace(path: String, needed: Int, free: Int)
  case absent(name: String, folder: String, advice: String)
  case offline(name: String, files: [String])
  case noAddress(name: String, files: [String], page: String)
  case noChecksum
  /// `trustedBy` is set if the checksum comes only from an earlier fetch; `keeps` if a partial download stays.
  case cannotFetch(file: String, attempts: [FailedAddress], trustedBy: LockedItem? = nil, keeps: Bool = false)
  /// `item` is set if the file is in the store.
  case wrongFile(path: String, file: String, expected: String, found: String, item: LockedItem? = nil)
  case unknownFile(path: String, bytes: Int, sha256: String)
  case hostileArchive(path: String, entry: String, reason: String)
  case damagedArchive(path: String, reason: String)
  case changedTree(name: String, folder: String, differences: [String], more: Int)
  case unlikeFirst(name: String, expected: String, found: String)
  case wrongCounts(name: String, what: String, expected: Int, found: Int)
  case declined(kind: LockedItem.Kind, name: String, size: String)
  case interrupted(kept: String?)

  /// An address that was tried, and why it failed.
  public struct FailedAddress: Equatable, Sendable {
    public let address: String
    public let reason: String
  }

  /// The kind of error, for the program's exit code.
  public enum Fault: Sendable { case usage, data, output, network, interruption }

  public var fault: Fault {
    switch self {
    case .unknownItem, .absent, .declined: .usage
    case .cannotWrite, .noSpace: .output
    case .cannotFetch, .offline, .noAddress: .network
    case .interrupted: .interruption
    default: .data
    }
  }
}

extension StoreError: WriteFailure {}

extension StoreError: CustomStringConvertible {
  public var description: String {
    // Names come from untrusted archives and servers: keep control characters off the terminal.
    printable(message, limit: 6000, keepingLines: true)
  }

  private var message: String {
    switch self {
    case .unknownItem(let kind, let name, let known):
      "The lock has no \(kind == .datasets ? "dataset" : "weights") \"\(name)\". It has: \(known.joined(separator: ", "))."
    case .damagedLock(let path, let place, let expected, let found):
      "\(path), \(place): expected \(expected), found \(found). Restore the file."
    case .cannotRead(let path, let reason):
      "Cannot read \(path): \(reason)."
    case .cannotWrite(let path, let reason):
      "Cannot write \(path): \(reason). To put the store in another folder, set the variable S3N_DATA."
    case .noSpace(let path, let needed, let free):
      "\(path) has \(bytesText(free)) free, but about \(bytesText(needed)) are needed: free some space, or choose "
        + "another folder with the variable S3N_DATA."
    case .absent(let name, let folder, let advice):
      "\(name) is not in the store (\(folder)). \(advice)"
    case .offline(let name, let files):
      "\(name) is incomplete in the store, and --offline forbids fetching \(files.joined(separator: ", ")). Leave out "
        + "--offline, or import the files with: bench data import FILE"
    case .noAddress(let name, let files, let page):
      "\(name) has no address that still works: download \(files.joined(separator: ", ")) yourself (\(page)), then "
        + "run: bench data import FILE... or bench data import DIR"
    case .noChecksum:
      "libcrypto has no SHA-256, or no memory left: nothing was checked. Try again with more free memory, or "
        + "reinstall libssl."
    case .cannotFetch(let file, let attempts, let item, let keeps):
      "\(file) could not be fetched:\n"
        + attempts.map { "  \($0.address): \($0.reason)" }.joined(separator: "\n")
        + (item.map {
          "\nIts checksum is from the first fetch; if that was wrong, forget it: \($0.kind.command) remove \($0.name)"
        } ?? "")
        + (keeps ? "\nTry again later: the download so far is kept." : "\nTry again later.")
        + " Or import the file with: bench data import FILE"
    case .wrongFile(let path, let file, let expected, let found, let item):
      "\(path) is not the file \(file): expected \(expected), found \(found). "
        + (item.map {
          "Fetch it again: \($0.kind.command) remove \($0.name), then \($0.kind.command) fetch \($0.name)"
        } ?? "Download it again.")
    case .unknownFile(let path, let bytes, let sha256):
      "\(path) (\(bytes) bytes, sha256 \(sha256)) is not a file in the lock: see bench data list. A folder with "
        + "a dataset's unpacked files can be imported, too."
    case .hostileArchive(let path, let entry, let reason):
      "\(path) was not unpacked: its entry \"\(entry.prefix(200).filter { !$0.isNewline })\" \(reason). "
        + "Nothing of it was kept; get the archive from its owners."
    case .damagedArchive(let path, let reason):
      "\(path) cannot be unpacked: \(reason). Fetch or import it again."
    case .changedTree(let name, let folder, let differences, let more):
      "\(name) in \(folder) has changed since its first verification:\n"
        + differences.map { "  \($0)" }.joined(separator: "\n") + (more > 0 ? "\n  and \(more) more" : "")
        + "\nFetch it again: bench data remove \(name), then bench data fetch \(name)"
    case .unlikeFirst(let name, let expected, let found):
      "\(name) differs from the first one on this machine: expected sha256 \(expected), found \(found). If the "
        + "change is intended, remove it first: bench data remove \(name)"
    case .wrongCounts(let name, let what, let expected, let found):
      "\(name) has \(found) \(what), expected \(expected). It was not kept; fetch or unpack the original archives."
    case .declined(let kind, let name, let size):
      "\(name) is not in the store and was not fetched (\(size)). Fetch it with: \(kind.command) "
        + "fetch \(name), or use --yes to fetch without asking, or name "
        + (kind == .datasets ? "a folder that has it with --data DIR." : "a file with --weights FILE.")
    case .interrupted(let kept):
      "Interrupted." + (kept.map { " The download so far is kept in \($0); repeat the command to resume." } ?? "")
    }
  }
}

/// A length in human-readable units: 1.15 GB, 331 kB.
public func bytesText(_ bytes: Int) -> String {
  let units = ["bytes", "kB", "MB", "GB", "TB"]
  var (value, unit) = (Double(bytes), 0)
  while value >= 999.5, unit + 1 < units.count { (value, unit) = (value / 1000, unit + 1) }
  guard unit > 0 else { return "\(bytes) bytes" }
  let digits = value < 9.995 ? 2 : value < 99.95 ? 1 : 0
  return String(format: "%.\(digits)f ", value) + units[unit]
}
