import Glibc

/// The target for the bytes written to a path.
enum Destination {
  /// The path of a regular file with all links resolved, and its current status, if it exists.
  case file(String, existing: stat?)
  /// A target that takes bytes but cannot be replaced.
  case stream(Stream)

  enum Stream {
    /// A device or a pipe.
    case device
    /// The target of standard output or error: replacing such a file would lose it for whoever redirected the output.
    case open(Int32)

    /// Opens another descriptor for writing.
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

/// Whether a file is the one that a descriptor of this process is open on.
public func isOpen(_ file: stat, as descriptor: Int32) -> Bool {
  var status = stat()
  return fstat(descriptor, &status) == 0 && status.st_dev == file.st_dev && status.st_ino == file.st_ino
}

/// The path that links at the end of `path` lead to, whether it exists or not; nil, with `errno` set, for a cycle.
public func endOfLinks(_ path: String) -> String? {
  var path = path
  for _ in 0..<40 {
    guard let end = linkTarget(path) else { return path }
    path = end.utf8.first == slash ? end : parentFolder(of: path) + "/" + end
  }
  errno = ELOOP
  return nil
}
