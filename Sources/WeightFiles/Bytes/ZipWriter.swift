import CZip
import Foundation

/// Builds a zip archive of uncompressed entries in memory through libzip.
final class ZipWriter {
  /// The libzip archive; nil once it is finished.
  private var archive: OpaquePointer?
  /// The memory into which libzip writes the archive.
  private let source: OpaquePointer
  private let path: String

  /// Starts an archive; error messages name `path`.
  init(for path: String) throws(WeightFileError) {
    var error = zip_error_t()
    zip_error_init(&error)
    defer { zip_error_fini(&error) }
    guard let source = zip_source_buffer_create(nil, 0, 0, &error) else {
      throw .cannotWrite(path: path, reason: String(cString: zip_error_strerror(&error)))
    }
    guard let archive = zip_open_from_source(source, ZIP_TRUNCATE, &error) else {
      zip_source_free(source)
      throw .cannotWrite(path: path, reason: String(cString: zip_error_strerror(&error)))
    }
    // The archive takes over the source, which must outlive the archive because it is read afterwards.
    zip_source_keep(source)
    self.archive = archive
    self.source = source
    self.path = path
  }

  deinit {
    if let archive { zip_discard(archive) }
    zip_source_free(source)
  }

  /// Adds an entry with these bytes.
  func add(_ name: String, _ bytes: [UInt8]) throws(WeightFileError) {
    try add(name, count: bytes.count) { $0.copyBytes(from: bytes) }
  }

  /// Adds an entry of `count` bytes, which `fill` writes.
  func add(
    _ name: String, count: Int, _ fill: (UnsafeMutableRawBufferPointer) throws(WeightFileError) -> Void
  ) throws(WeightFileError) {
    // libzip takes over the memory and frees it; an empty entry needs no memory.
    let memory = count > 0 ? malloc(count) : nil
    guard memory != nil || count == 0 else {
      throw .cannotWrite(path: path, reason: "no memory for the \(count) bytes of \(name)")
    }
    do throws(WeightFileError) {
      try fill(UnsafeMutableRawBufferPointer(start: memory, count: count))
    } catch {
      free(memory)
      throw error
    }
    guard let archive, let source = zip_source_buffer(archive, memory, zip_uint64_t(count), 1) else {
      free(memory)
      throw failure(archive)
    }
    let index = zip_file_add(archive, name, source, zip_flags_t(ZIP_FL_ENC_UTF_8))
    guard index >= 0 else {
      zip_source_free(source)
      throw failure(archive)
    }
    // A fixed date, the earliest possible (1980-01-01), so that the bytes depend only on the content.
    guard zip_set_file_compression(archive, zip_uint64_t(index), ZIP_CM_STORE, 0) == 0,
      zip_file_set_dostime(archive, zip_uint64_t(index), 0, 33, 0) == 0
    else { throw failure(archive) }
  }

  /// Finishes the archive and writes it to `file`.
  func finish(to file: inout WholeFile) throws(WeightFileError) {
    guard let archive, zip_close(archive) == 0 else { throw failure(archive) }
    self.archive = nil
    guard zip_source_open(source) == 0 else { throw failure(nil) }
    defer { zip_source_close(source) }
    var buffer = [UInt8](repeating: 0, count: 1 << 20)
    while true {
      let count = zip_source_read(source, &buffer, zip_uint64_t(buffer.count))
      guard count >= 0 else { throw failure(nil) }
      guard count > 0 else { return }
      try file.write(buffer[..<Int(count)])
    }
  }

  /// Returns libzip's error for the archive, or for the memory it is written to.
  private func failure(_ archive: OpaquePointer?) -> WeightFileError {
    let reason = archive.map { zip_strerror($0) } ?? zip_error_strerror(zip_source_error(source))
    return .cannotWrite(path: path, reason: reason.map { String(cString: $0) } ?? "libzip does not say why")
  }
}

/// Returns libzip's message for an error code.
func zipReason(_ code: Int32) -> String {
  var error = zip_error_t()
  zip_error_init_with_code(&error, code)
  defer { zip_error_fini(&error) }
  return String(cString: zip_error_strerror(&error))
}
