import CArchive
import Files
import Foundation

/// Unpacks a tar archive, gzipped or not, or a zip file into a folder: only regular files and folders within it,
/// without the clutter that desktops leave in archives.
///
/// libarchive reads and we write: files are created anew (no entry can write through another one), without the
/// archive's owners, times and modes.
struct Extraction {
  let archive: String
  let folder: String
  let limits: ExtractionLimits
  let context: StoreContext

  /// Unpacks all entries. If it throws, `folder` holds a part of them, and the caller must delete it.
  func run() throws(StoreError) {
    // libarchive converts names in zip files to the locale's encoding, and returns none that the locale lacks.
    let unicode = newlocale(LC_CTYPE_MASK, "C.UTF-8", nil)
    let locale = unicode.map { uselocale($0) }
    defer {
      if let locale { uselocale(locale) }
      if let unicode { freelocale(unicode) }
    }
    guard let reader = archive_read_new() else { throw .damagedArchive(path: archive, reason: "no memory") }
    defer { archive_read_free(reader) }
    archive_read_support_filter_gzip(reader)
    archive_read_support_format_tar(reader)
    // Only by its central directory, which is at the end: a truncated file has none.
    archive_read_support_format_zip_seekable(reader)
    let status = archive.withPath { archive_read_open_filename(reader, $0, 1 << 18) }
    guard status == ARCHIVE_OK else { throw isWebPage ? webPage : damage(reader) }
    var (entries, bytes) = (0, 0)
    var lastReport = 0.0
    while true {
      var entry: OpaquePointer?
      let status = archive_read_next_header(reader, &entry)
      if status == ARCHIVE_EOF { break }
      guard status == ARCHIVE_OK || status == ARCHIVE_WARN, let entry else {
        throw entries == 0 && isWebPage ? webPage : damage(reader)
      }
      if context.shouldStop() { throw .interrupted(kept: nil) }
      entries += 1
      guard entries <= limits.entries else {
        throw .hostileArchive(
          path: archive, entry: name(entry), reason: "is one more than the \(limits.entries) allowed")
      }
      try unpack(entry, reader, &bytes)
      let now = ProcessInfo.processInfo.systemUptime
      if now - lastReport > 0.1 {
        lastReport = now
        context.report(.unpacking(file: archiveName, entries: entries, bytes: bytes))
      }
    }
    guard entries > 0 else { throw .damagedArchive(path: archive, reason: "it is empty") }
    context.report(.unpacking(file: archiveName, entries: entries, bytes: bytes))
  }

  private var archiveName: String { String(archive.split(separator: "/").last ?? "") }

  private func unpack(_ entry: OpaquePointer, _ reader: OpaquePointer, _ bytes: inout Int) throws(StoreError) {
    let name = name(entry)
    func refuse(_ reason: String) -> StoreError { .hostileArchive(path: archive, entry: name, reason: reason) }
    let path: String
    switch EntryPath.checked(name) {
    case .success(let checked): path = checked
    case .failure(let refusal): throw refuse(refusal.reason)
    }
    guard !path.split(separator: "/").contains(where: { isClutter(String($0)) }) else { return }
    guard archive_entry_hardlink(entry) == nil, archive_entry_symlink(entry) == nil else { throw refuse("is a link") }
    switch archive_entry_filetype(entry) & 0o170000 {
    case 0o040000:  // a folder
      try makeFolder(folder + "/" + path, failingAs: StoreError.self)
    case 0o100000:  // a file
      guard !path.isEmpty else { throw refuse("has no name") }
      // Some zip files give a size only after the data.
      guard archive_entry_size(entry) <= limits.bytes - bytes else { throw refuse("makes it larger than \(limit)") }
      try write(path, reader, &bytes, refuse)
    default: throw refuse("is neither a file nor a folder")
    }
  }

  private var limit: String { "the \(bytesText(limits.bytes)) allowed" }

  private func write(
    _ path: String, _ reader: OpaquePointer, _ bytes: inout Int, _ refuse: (String) -> StoreError
  ) throws(StoreError) {
    let target = folder + "/" + path
    try makeFolder(parentFolder(of: target), failingAs: StoreError.self)
    let file = openFile(target, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW)
    guard file >= 0 else {
      if errno == EEXIST || errno == EISDIR { throw refuse("appears twice") }
      throw .cannotWrite(path: target, reason: systemReason())
    }
    defer { close(file) }
    var (end, block, count, offset) = (0, UnsafeRawPointer?.none, 0, Int64(0))
    while true {
      let status = archive_read_data_block(reader, &block, &count, &offset)
      if status == ARCHIVE_EOF { return }
      guard status == ARCHIVE_OK || status == ARCHIVE_WARN else { throw damage(reader) }
      // Offsets jump in sparse files; these datasets have none.
      guard Int(offset) == end else { throw refuse("is a sparse file") }
      bytes += count
      guard bytes <= limits.bytes else { throw refuse("makes it larger than \(limit)") }
      if context.shouldStop() { throw .interrupted(kept: nil) }
      guard writeAll(UnsafeRawBufferPointer(start: block, count: count), to: file) else {
        throw .cannotWrite(path: target, reason: systemReason())
      }
      end += count
    }
  }

  private func name(_ entry: OpaquePointer) -> String {
    // In the C locale, only the second function returns non-ASCII names.
    (archive_entry_pathname(entry) ?? archive_entry_pathname_utf8(entry)).map { name in
      pathText(UnsafeBufferPointer(start: name, count: strlen(name)).map(UInt8.init(bitPattern:)))
    } ?? ""
  }

  /// Whether it is a web page, which servers send for a file that requires a log-in.
  private var isWebPage: Bool {
    guard let file = FileHandle(forReadingAtPath: archive), let bytes = try? file.read(upToCount: 512) else {
      return false
    }
    let text = String(decoding: bytes, as: UTF8.self).lowercased()
    return text.contains("<!doctype html") || text.contains("<html")
  }

  private var webPage: StoreError {
    .damagedArchive(path: archive, reason: "it is a web page, such as one that asks for a log-in")
  }

  private func damage(_ reader: OpaquePointer) -> StoreError {
    .damagedArchive(
      path: archive, reason: archive_error_string(reader).map { String(cString: $0) } ?? "libarchive gives no reason")
  }
}
