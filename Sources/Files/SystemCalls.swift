import Glibc

// The file system calls of the whole program: for any path, repeated when interrupted by a signal, and open to fault
// injection. They return -1 and set `errno` on failure.

/// Opens a file that child programs do not inherit.
public func openFile(_ path: String, _ flags: Int32, mode: mode_t = 0o666) -> Int32 {
  repeated(.open) { _ in path.withPath { open($0, flags | O_CLOEXEC, mode) } }
}

/// Writes all bytes to an open file; false, with `errno` set, on failure.
public func writeAll(_ bytes: UnsafeRawBufferPointer, to descriptor: Int32) -> Bool {
  var done = 0
  while done < bytes.count, let base = bytes.baseAddress {
    let rest = bytes.count - done
    let count = repeated(.write) { write(descriptor, base + done, $0 ? (rest + 1) / 2 : rest) }
    guard count >= 0 else { return false }
    done += count
  }
  return true
}

/// Reads at most the buffer's size, from `offset` or the current offset; returns the number of bytes, 0 at the end of
/// the file, or -1 with `errno` set on failure.
public func readPiece(_ descriptor: Int32, into buffer: UnsafeMutableRawBufferPointer, at offset: Int? = nil) -> Int {
  repeated(.read) { isShort in
    let count = isShort ? (buffer.count + 1) / 2 : buffer.count
    return if let offset {
      pread(descriptor, buffer.baseAddress, count, off_t(offset))
    } else {
      read(descriptor, buffer.baseAddress, count)
    }
  }
}

/// Waits until all written data is on the disk; succeeds for files that cannot be synced, such as pipes.
public func syncFile(_ descriptor: Int32) -> Bool {
  repeated(.fsync) { _ in fsync(descriptor) } == 0 || errno == EINVAL || errno == ENOTSUP
}

/// Renames a file, replacing an existing one; false, with `errno` set, on failure.
public func renameFile(_ from: String, to: String) -> Bool {
  repeated(.rename) { _ in from.withPath { from in to.withPath { rename(from, $0) } } } == 0
}

/// Swaps the names of two files or folders atomically; false, with `errno` set, if the system cannot.
func exchangeFiles(_ path: String, _ other: String) -> Bool {
  repeated(.rename) { _ in
    path.withPath { path in other.withPath { renameat2?(AT_FDCWD, path, AT_FDCWD, $0, 2) ?? -1 } }
  } == 0
}

/// glibc's renameat2, which its headers do not expose to Swift; the flag 2 is RENAME_EXCHANGE.
private let renameat2 = dlsym(nil, "renameat2").map { unsafeBitCast($0, to: Exchange.self) }
private typealias Exchange =
  @convention(c) @Sendable (Int32, UnsafePointer<CChar>, Int32, UnsafePointer<CChar>, UInt32) -> Int32

func truncateFile(_ descriptor: Int32, to bytes: Int) -> Bool {
  repeated(.truncate) { _ in ftruncate(descriptor, off_t(bytes)) } == 0
}

/// Creates one folder, whose parent must exist.
public func makeDirectory(_ path: String) -> Bool {
  repeated(.mkdir) { _ in path.withPath { mkdir($0, 0o777) } } == 0
}

/// The status of a path, following links; nil, with `errno` set, if there is none.
public func fileStatus(_ path: String) -> stat? {
  var status = stat()
  return path.withPath { stat($0, &status) } == 0 ? status : nil
}

/// The target of the link at the path; nil, with `errno` set, if there is none.
public func linkTarget(_ path: String) -> String? {
  var target = [CChar](repeating: 0, count: Int(PATH_MAX))
  let length = path.withPath { readlink($0, &target, target.count) }
  return length >= 0 ? pathText(target.prefix(length).map(UInt8.init(bitPattern:))) : nil
}

/// Whether the process has access to the path in the given `mode`: F_OK, R_OK, W_OK, X_OK.
public func isAccessible(_ path: String, _ mode: Int32) -> Bool { path.withPath { access($0, mode) } == 0 }

/// Removes a file, if it exists.
public func removeFile(_ path: String) { _ = path.withPath { unlink($0) } }

/// The system's reason for the last failure, in the form for the middle of a sentence.
public func systemReason() -> String {
  let text = String(cString: strerror(errno))
  return text.prefix(1).lowercased() + text.dropFirst()
}

/// Repeats a call while signals interrupt it; `isShort` tells `call` to do only a part of its work.
func repeated<Count: FixedWidthInteger & SignedNumeric>(_ kind: Fault.Call, _ call: (_ isShort: Bool) -> Count) -> Count
{
  for _ in 0..<mostInterruptions {
    let result: Count
    switch Fault.next(kind) {
    case nil: result = call(false)
    case .isCutShort: result = call(true)
    case .fails(let error): (result, errno) = (-1, error)
    case .kills:
      result = call(true)
      kill(getpid(), SIGKILL)
    }
    if result >= 0 || errno != EINTR { return result }
  }
  return -1
}

/// Repeated signals must not block the program forever.
private let mostInterruptions = 1000
