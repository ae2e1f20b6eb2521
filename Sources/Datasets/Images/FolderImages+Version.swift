import Files
import Glibc
import Hashing

extension FolderImages {
  /// The first 12 digits of a SHA-256 over the class names and over the split, label, size in bytes and path of every
  /// image, so that another folder or other contents give another version. Does not read the files.
  public func version(of dataset: Dataset) throws -> String {
    let hash = try SHA256()
    // No name or path contains a NUL.
    for name in dataset.classNames { hash.update("\(name)\0") }
    for split in Split.allCases {
      for sample in dataset.samples(split) {
        hash.update("\0\(split.rawValue) \(sample.label) \(try bytes(of: sample)) \(sample.id)")
      }
    }
    return String(try hash.digits.prefix(12))
  }

  private func bytes(of sample: Sample) throws(DatasetError) -> Int {
    var status = stat()
    let path = path(sample.id)
    guard path.withPath({ stat($0, &status) }) == 0 else {
      throw .unreadableImage(BrokenImage(path: path, reason: systemReason()))
    }
    return Int(status.st_size)
  }
}
