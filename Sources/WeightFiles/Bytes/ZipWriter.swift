import CZip
import Foundation

/// Writes a zip archive of stored entries through libzip, which holds all of them in memory until `finish`.
final class ZipWriter {
  /// libzip's archive; nil once it is written.
  private var archive: OpaquePointer?
  private let path: String

  /// Starts an archive at `temporaryPath`; messages name `path`.
  init(at temporaryPath: String, for path: String) throws(WeightFileError) {
    var code: Int32 = 0
    guard let archive = zip_open(temporaryPath, ZIP_CREATE | ZIP_TRUNCATE, &code) else {
      throw .cannotWrite(path: path, reason: zipReason(code))
    }
    self.archive = archive
    self.path = path
  }

  deinit { if let archive { zip_discard(archive) } }

  /// Adds an entry of these bytes.
  func add(_ name: String, _ bytes: [UInt8]) throws(WeightFileError) {
    try add(name, count: bytes.count) { $0.copyBytes(from: bytes) }
  }

  /// Adds an entry of `count` bytes that `fill` writes.
  func add(
    _ name: String, count: Int, _ fill: (UnsafeMutableRawBufferPointer) throws(WeightFileError) -> Void
  ) throws(WeightFileError) {
    // libzip takes the memory over and frees it, but not the memory of nothing.
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
      throw failure()
    }
    let index = zip_file_add(archive, name, source, zip_flags_t(ZIP_FL_ENC_UTF_8))
    guard index >= 0 else {
      zip_source_free(source)
      throw failure()
    }
    // A fixed date, the earliest there is (1980-01-01), so that the bytes depend on the content alone.
    guard zip_set_file_compression(archive, zip_uint64_t(index), ZIP_CM_STORE, 0) == 0,
      zip_file_set_dostime(archive, zip_uint64_t(index), 0, 33, 0) == 0
    else { throw failure() }
  }

  /// Writes the archive.
  func finish() throws(WeightFileError) {
    guard let archive, zip_close(archive) == 0 else { throw failure() }
    self.archive = nil
  }

  private func failure() -> WeightFileError {
    .cannotWrite(path: path, reason: archive.map { String(cString: zip_strerror($0)) } ?? "the archive is closed")
  }
}

/// What libzip says about an error code.
func zipReason(_ code: Int32) -> String {
  var error = zip_error_t()
  zip_error_init_with_code(&error, code)
  defer { zip_error_fini(&error) }
  return String(cString: zip_error_strerror(&error))
}
