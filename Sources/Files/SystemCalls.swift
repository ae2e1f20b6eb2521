import Glibc

// The system's calls on files, as all of the program makes them: any path, repeated when a signal interrupts them, and
// open to faults. They return -1 and set `errno` when they fail.

/// Opens a file; no program that is started inherits it.
public func openFile(_ path: String, _ flags: Int32, mode: mode_t = 0o666) -> Int32 {
  repeated(.open) { _ in path.withPath { open($0, flags | O_CLOEXEC, mode) } }
}

/// Writes all of the bytes to an open file; false, with `errno` set, if the system refuses.
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

/// Reads up to as many bytes as the buffer holds, from `offset` or from where the file stands; gives how many, 0 at the file's end,
/// -1 with `errno` set if the system refuses.
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

/// Waits until what was written is on the disk; what has none, such as a pipe, is content.
public func syncFile(_ descriptor: Int32) -> Bool {
  repeated(.fsync) { _ in fsync(descriptor) } == 0 || errno == EINVAL || errno == ENOTSUP
}

/// Gives a file another name, replacing what is there; false, with `errno` set, if the system refuses.
public func renameFile(_ from: String, to: String) -> Bool {
  repeated(.rename) { _ in from.withPath { from in to.withPath { rename(from, $0) } } } == 0
}

/// Gives two files, or folders, each the other's name, in one step; false, with `errno` set, if the system or the file system cannot.
func exchangeFiles(_ path: String, _ other: String) -> Bool {
  repeated(.rename) { _ in
    path.withPath { path in other.withPath { renameat2?(AT_FDCWD, path, AT_FDCWD, $0, 2) ?? -1 } }
  } == 0
}

/// glibc's function of that name, which its headers do not show to Swift; what 2 means to it is called RENAME_EXCHANGE.
private let renameat2 = dlsym(nil, "renameat2").map { unsafeBitCast($0, to: Exchange.self) }
private typealias Exchange =
  @convention(c) @Sendable (Int32, UnsafePointer<CChar>, Int32, UnsafePointer<CChar>, UInt32) -> Int32

func truncateFile(_ descriptor: Int32, to bytes: Int) -> Bool {
  repeated(.truncate) { _ in ftruncate(descriptor, off_t(bytes)) } == 0
}

/// Makes one folder, whose parent is there.
public func makeDirectory(_ path: String) -> Bool {
  repeated(.mkdir) { _ in path.withPath { mkdir($0, 0o777) } } == 0
}

/// What is at the path, behind links; nil, with `errno` set, if nothing is.
public func fileStatus(_ path: String) -> stat? {
  var status = stat()
  return path.withPath { stat($0, &status) } == 0 ? status : nil
}

/// What the link at the path says; nil, with `errno` set, if none is there.
public func linkTarget(_ path: String) -> String? {
  var target = [CChar](repeating: 0, count: Int(PATH_MAX))
  let length = path.withPath { readlink($0, &target, target.count) }
  return length >= 0 ? pathText(target.prefix(length).map(UInt8.init(bitPattern:))) : nil
}

/// Whether the process may do with what is at the path as `mode` says: F_OK, R_OK, W_OK, X_OK.
public func isAccessible(_ path: String, _ mode: Int32) -> Bool { path.withPath { access($0, mode) } == 0 }

/// Takes a name away; it is no matter if there is none.
public func removeFile(_ path: String) { _ = path.withPath { unlink($0) } }

/// What the system says about the last failure, for the middle of a sentence.
public func systemReason() -> String {
  let text = String(cString: strerror(errno))
  return text.prefix(1).lowercased() + text.dropFirst()
}

/// Makes a call until no signal interrupts it; `call` is told to do a part of its work only.
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

/// A signal that comes again and again must not hold the program for ever.
private let mostInterruptions = 1000
