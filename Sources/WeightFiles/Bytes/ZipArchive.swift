import CZip
import Foundation

/// Reads zip archives through libzip.
enum ZipArchive {
  /// Returns the archive's entries by name.
  static func entries(of file: ReadOnlyFile) throws(WeightFileError) -> [String: ZipEntry] {
    let handle = try ZipHandle(file)
    var entries: [String: ZipEntry] = [:]
    for index in 0..<handle.count {
      let entry = try handle.entry(index)
      guard entries.updateValue(entry, forKey: entry.name) == nil else {
        throw .malformed(
          path: handle.path, place: "the zip directory", expected: "every name once", found: "\"\(entry.name)\" again")
      }
    }
    return entries
  }
}

/// One entry of an archive, whose checksum is verified before any of its bytes are returned.
struct ZipEntry: StoredBytes {
  let name: String
  let byteCount: Int
  let index: UInt64
  /// Whether the entry is neither compressed nor encrypted; other entries are not read.
  let isStored: Bool
  let handle: ZipHandle

  var path: String { handle.path }

  /// Returns the entry itself; throws if it is compressed or encrypted, which torch.save never does.
  func requireStored() throws(WeightFileError) -> ZipEntry {
    guard isStored else {
      throw .unsupported(
        path: path, place: "zip entry \"\(name)\"", found: "compression or encryption",
        advice: "load the file in PyTorch and torch.save it again")
    }
    return self
  }

  func read(into buffer: UnsafeMutableRawBufferPointer, at offset: Int) throws(WeightFileError) {
    try require(buffer.count, at: offset, in: name)
    try handle.read(self, into: buffer, at: offset)
  }
}

/// An open libzip archive.
final class ZipHandle: @unchecked Sendable {
  // Sendable because a lock guards every use of the archive, which is not thread-safe.
  let path: String
  let count: UInt64
  private let archiveSize: Int
  private let archive: OpaquePointer
  /// The entries whose checksum has been verified.
  private var verified: Set<UInt64> = []
  private let lock = NSLock()

  init(_ file: ReadOnlyFile) throws(WeightFileError) {
    path = file.path
    archiveSize = file.byteCount
    // The archive reads the file that was opened, even if another file has its name by now.
    let descriptor = try file.duplicate()
    var code: Int32 = 0
    guard let archive = zip_fdopen(descriptor, ZIP_CHECKCONS, &code) else {
      close(descriptor)
      throw .malformed(
        path: file.path, place: "the zip directory", expected: "a whole zip archive",
        found: zipReason(code))
    }
    count = UInt64(max(0, zip_get_num_entries(archive, 0)))
    self.archive = archive
  }

  deinit { zip_discard(archive) }

  /// Returns what the zip directory says about an entry.
  func entry(_ index: UInt64) throws(WeightFileError) -> ZipEntry {
    var status = zip_stat_t()
    lock.lock()
    defer { lock.unlock() }
    guard zip_stat_index(archive, index, zip_flags_t(ZIP_FL_ENC_RAW), &status) == 0,
      let name = status.name.flatMap(String.init(validatingCString:))
    else {
      throw .malformed(
        path: path, place: "entry \(index) of the zip directory", expected: "a name in UTF-8", found: "none")
    }
    let isStored = status.comp_method == ZIP_CM_STORE && status.encryption_method == ZIP_EM_NONE
    // Checked before any allocation: a stored entry cannot be larger than its archive.
    guard !isStored || status.size == status.comp_size && status.size <= UInt64(archiveSize) else {
      throw .malformed(
        path: path, place: "zip entry \"\(name)\"", expected: "at most the archive's \(archiveSize) bytes",
        found: "\(status.size)")
    }
    return ZipEntry(
      name: name, byteCount: isStored ? Int(status.size) : 0, index: index, isStored: isStored, handle: self)
  }

  func read(
    _ entry: ZipEntry, into buffer: UnsafeMutableRawBufferPointer, at offset: Int
  ) throws(WeightFileError) {
    lock.lock()
    defer { lock.unlock() }
    if buffer.count < entry.byteCount && !verified.contains(entry.index) { try verify(entry) }
    let file = try open(entry)
    defer { zip_fclose(file) }
    if offset > 0, zip_fseek(file, zip_int64_t(offset), SEEK_SET) != 0 { throw damaged(entry, file) }
    try fill(buffer, from: entry, file)
    if buffer.count == entry.byteCount { try checkEnd(entry, file) }
    verified.insert(entry.index)
  }

  /// Reads the whole entry in pieces; at the end, libzip compares the checksum.
  private func verify(_ entry: ZipEntry) throws(WeightFileError) {
    let file = try open(entry)
    defer { zip_fclose(file) }
    let piece = UnsafeMutableRawBufferPointer.allocate(byteCount: min(entry.byteCount, 1 << 18), alignment: 16)
    defer { piece.deallocate() }
    var left = entry.byteCount
    while left > 0 {
      let count = min(left, piece.count)
      try fill(UnsafeMutableRawBufferPointer(rebasing: piece[..<count]), from: entry, file)
      left -= count
    }
    try checkEnd(entry, file)
  }

  private func open(_ entry: ZipEntry) throws(WeightFileError) -> OpaquePointer {
    guard let file = zip_fopen_index(archive, entry.index, 0) else {
      throw .malformed(
        path: path, place: "zip entry \"\(entry.name)\"", expected: "its local header and data",
        found: String(cString: zip_strerror(archive)))
    }
    return file
  }

  private func fill(
    _ buffer: UnsafeMutableRawBufferPointer, from entry: ZipEntry, _ file: OpaquePointer
  ) throws(WeightFileError) {
    var done = 0
    while done < buffer.count, let base = buffer.baseAddress {
      let count = zip_fread(file, base + done, zip_uint64_t(buffer.count - done))
      guard count > 0 else { throw damaged(entry, file) }
      done += Int(count)
    }
  }

  /// Reads one byte past the end, which makes libzip compare the checksum.
  private func checkEnd(_ entry: ZipEntry, _ file: OpaquePointer) throws(WeightFileError) {
    var beyond: UInt8 = 0
    guard zip_fread(file, &beyond, 1) == 0 else { throw damaged(entry, file) }
  }

  private func damaged(_ entry: ZipEntry, _ file: OpaquePointer) -> WeightFileError {
    .malformed(
      path: path, place: "zip entry \"\(entry.name)\"", expected: "\(entry.byteCount) bytes that fit their checksum",
      found: String(cString: zip_file_strerror(file)))
  }
}
