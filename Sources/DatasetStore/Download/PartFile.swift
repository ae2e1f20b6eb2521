import Files
import Foundation
import Hashing

/// The part of a file received so far, its running checksum and, in a file next to it, its origin.
final class PartFile {
  /// What a later request needs to resume the part.
  struct Origin: Codable, Equatable {
    var address: String
    /// A strong ETag or a date, by which the server identifies this version of the file.
    var validator: String?
    var length: Int?
  }

  let path: String
  private let descriptor: Int32
  private(set) var size = 0
  private(set) var origin: Origin?
  private var hash: SHA256

  private var originPath: String { path + ".json" }

  /// Opens the part that an earlier run left, or an empty one.
  init(path: String, shouldStop: () -> Bool) throws(StoreError) {
    self.path = path
    hash = try SHA256.forStore()
    descriptor = openFile(path, O_RDWR | O_CREAT | O_NOFOLLOW)
    guard descriptor >= 0 else { throw .cannotWrite(path: path, reason: systemReason()) }
    origin = (try? readWhole(originPath)).flatMap {
      try? JSONDecoder().decode(Origin.self, from: $0)
    }
    guard origin != nil else {
      try restart()
      return
    }
    let hash = hash
    size = try eachPiece(of: path, shouldStop: shouldStop) { hash.update($0) }
    lseek(descriptor, off_t(size), SEEK_SET)
  }

  deinit { if descriptor >= 0 { close(descriptor) } }

  /// The checksum of all bytes so far.
  var sha256: String {
    get throws(StoreError) { try hash.storeDigits }
  }

  /// Discards all bytes received.
  func restart() throws(StoreError) {
    guard ftruncate(descriptor, 0) == 0, lseek(descriptor, 0, SEEK_SET) == 0 else {
      throw .cannotWrite(path: path, reason: systemReason())
    }
    removeFile(originPath)
    (size, origin, hash) = (0, nil, try SHA256.forStore())
  }

  /// Records where the bytes come from.
  func note(_ origin: Origin) throws(StoreError) {
    guard origin != self.origin else { return }
    guard let data = try? JSONEncoder().encode(origin) else { return }
    try writeWhole(data, to: originPath, failingAs: StoreError.self)
    self.origin = origin
  }

  func append(_ bytes: UnsafeRawBufferPointer) throws(StoreError) {
    guard writeAll(bytes, to: descriptor) else {
      let reason = systemReason()
      // Drop what was written of these bytes, so that the checksum and the file agree.
      ftruncate(descriptor, off_t(size))
      lseek(descriptor, off_t(size), SEEK_SET)
      throw .cannotWrite(path: path, reason: reason)
    }
    hash.update(bytes)
    size += bytes.count
  }

  /// Renames the complete file to `destination`.
  func commit(to destination: String) throws(StoreError) {
    guard syncFile(descriptor), renameFile(path, to: destination) else {
      throw .cannotWrite(path: destination, reason: systemReason())
    }
    removeFile(originPath)
    guard syncFolder(parentFolder(of: destination)) else {
      throw .cannotWrite(path: destination, reason: systemReason())
    }
  }

  /// Removes the part.
  func discard() {
    removeFile(path)
    removeFile(originPath)
  }
}
