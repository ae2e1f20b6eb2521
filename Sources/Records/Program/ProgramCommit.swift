import Files
import Foundation

extension RunEnvironment.Commit {
  /// The commit of the running program: that of the archive or else of the checkout in which it lies; nil if it lies in neither,
  /// or in a checkout without git.
  static var current: Self? {
    if let package = PackagedCommit.current { return Self(hash: package.hash, dirty: package.dirty) }
    guard let programFolder, isOwnCheckout(programFolder.givenPath), let hash = git("rev-parse", "HEAD"),
      let changes = git("status", "--porcelain", "--", ":/Sources", ":/Package.swift", ":/datasets.lock")
    else { return nil }
    return Self(hash: hash, dirty: !changes.isEmpty)
  }

  /// When it was committed, in UTC; nil if the running program does not lie in an archive of it or a checkout that has it.
  public var date: String? {
    if let package = PackagedCommit.current, package.hash == hash { return package.date }
    return git("show", "--no-patch", "--format=%ct", hash).flatMap(TimeInterval.init)
      .map { Date(timeIntervalSince1970: $0).formatted(.iso8601) }
  }
}

/// What the archives of Scripts/package say of the commit that their program was built from.
struct PackagedCommit: Decodable, Equatable {
  let hash: String
  let dirty: Bool
  /// When it was committed, in UTC.
  let date: String

  /// Reads the commit.json of the archive whose `bin` is `folder`; nil if there is none that can be read.
  static func read(besideProgramsIn folder: URL) -> Self? {
    try? readJSON(Self.self, "commit", from: folder.deletingLastPathComponent().appendingPathComponent("commit.json"))
  }

  static var current: Self? { programFolder.flatMap(Self.read(besideProgramsIn:)) }
}

/// The SHA-256 of the running program's file.
package func programChecksum() throws(RecordsError) -> String {
  try checksum(of: URL(fileURLWithPath: "/proc/self/exe"))
}

/// Where the running program lies, whatever links it was called by.
package var programFolder: URL? {
  linkTarget("/proc/self/exe").map { URL(fileURLWithPath: parentFolder(of: $0), isDirectory: true) }
}

/// Whether a folder lies in a checkout of this repository: a program installed into some other project's must neither report
/// that project's commit nor build it.
package func isOwnCheckout(_ folder: String) -> Bool {
  output(of: [
    "git", "--no-optional-locks", "-C", folder, "ls-files", "--error-unmatch", ":/Sources/Records/ResolvedRecipe.swift",
  ]) != nil
}

/// What git says in the folder of the running program; nil if it fails.
private func git(_ arguments: String...) -> String? {
  guard let programFolder else { return nil }
  return output(of: ["git", "--no-optional-locks", "-C", programFolder.givenPath] + arguments)
}
