import Glibc

/// What bytes for a path are written to.
enum Destination {
  /// The path of a regular file behind all links, and what is there now, if anything.
  case file(String, existing: stat?)
  /// What takes bytes and cannot be replaced.
  case stream(Stream)

  enum Stream {
    /// A device or a pipe.
    case device
    /// What standard output or error goes to: replaced, a file would be lost to whoever sent them there.
    case open(Int32)

    /// Opens it for writing, in addition to who has it open.
    func open<Failure: WriteFailure>(_ path: String, failingAs: Failure.Type) throws(Failure) -> Int32 {
      let descriptor =
        switch self {
        case .device: openFile(path, O_WRONLY | O_NOCTTY)
        case .open(let descriptor): fcntl(descriptor, F_DUPFD_CLOEXEC, 0)
        }
      guard descriptor >= 0 else { throw .cannotWrite(path: path, reason: systemReason()) }
      return descriptor
    }
  }

  init<Failure: WriteFailure>(_ path: String, failingAs: Failure.Type) throws(Failure) {
    func failure(_ reason: String = systemReason()) -> Failure { .cannotWrite(path: path, reason: reason) }
    guard !path.isEmpty, path.utf8.last != slash else { throw failure("it names no file") }
    guard let status = fileStatus(path) else {
      guard errno == ENOENT, let end = endOfLinks(path) else { throw failure() }
      self = .file(end, existing: nil)
      return
    }
    guard status.st_mode & S_IFMT != S_IFDIR else { throw failure("it is a folder; name a file in it") }
    guard isAccessible(path, W_OK) else { throw failure() }
    if let descriptor = [STDOUT_FILENO, STDERR_FILENO].first(where: { isOpen(status, as: $0) }) {
      self = .stream(.open(descriptor))
    } else if status.st_mode & S_IFMT != S_IFREG {
      self = .stream(.device)
    } else {
      guard let end = endOfLinks(path) else { throw failure() }
      self = .file(end, existing: status)
    }
  }
}

/// Whether a file is the one that a descriptor of ours is open on.
public func isOpen(_ file: stat, as descriptor: Int32) -> Bool {
  var status = stat()
  return fstat(descriptor, &status) == 0 && status.st_dev == file.st_dev && status.st_ino == file.st_ino
}

/// The path that links at the end of `path` lead to, whether anything is there or not; nil, with `errno` set, for a ring.
public func endOfLinks(_ path: String) -> String? {
  var path = path
  for _ in 0..<40 {
    guard let end = linkTarget(path) else { return path }
    path = end.utf8.first == slash ? end : parentFolder(of: path) + "/" + end
  }
  errno = ELOOP
  return nil
}
