import Files
import Foundation

extension RunEnvironment.Commit {
  /// The commit of the running program: that of its archive or else of its checkout; nil if it is in neither, or in a
  /// checkout without git.
  public static var current: Self? {
    if let package = PackagedCommit.current { return Self(hash: package.hash, dirty: package.dirty) }
    guard let programFolder, isOwnCheckout(programFolder.givenPath), let hash = git("rev-parse", "HEAD"),
      let changes = git("status", "--porcelain", "--", ":/Sources", ":/Package.swift", ":/datasets.lock")
    else { return nil }
    return Self(hash: hash, dirty: !changes.isEmpty)
  }

  /// The commit of the running program as it makes a run in `folder`. In a cell of a divided ablation it is that of the
  /// list of cells if the same program file wrote the list: neither a node without git nor later changes of the checkout
  /// make it another program.
  public static func current(writingTo folder: URL) -> Self? {
    let divided = folder.deletingLastPathComponent().deletingLastPathComponent()
    guard DividedFolder.isOne(divided), let division = try? DividedFolder(reading: divided).division,
      let program = division.program, program == (try? programChecksum())
    else { return current }
    return division.commit
  }

  /// When it was committed, in UTC; nil if the program is in neither an archive of it nor a checkout that has it.
  public var date: String? {
    if let package = PackagedCommit.current, package.hash == hash { return package.date }
    return git("show", "--no-patch", "--format=%ct", hash).flatMap(TimeInterval.init)
      .map { Date(timeIntervalSince1970: $0).formatted(.iso8601) }
  }
}

/// What an archive of Scripts/package records about the commit from which its program was built.
struct PackagedCommit: Decodable, Equatable {
  let hash: String
  let dirty: Bool
  /// When it was committed, in UTC.
  let date: String

  /// Reads commit.json of the archive whose `bin` is `folder`; nil if it is absent or unreadable.
  static func read(besideProgramsIn folder: URL) -> Self? {
    try? readJSON(Self.self, "commit", from: folder.deletingLastPathComponent().appendingPathComponent("commit.json"))
  }

  static var current: Self? { programFolder.flatMap(Self.read(besideProgramsIn:)) }
}

/// The SHA-256 of the running program's file.
package func programChecksum() throws(RecordsError) -> String {
  try checksum(of: URL(fileURLWithPath: "/proc/self/exe"))
}

/// The folder of the running program's file, whatever links it was called by.
package var programFolder: URL? {
  linkTarget("/proc/self/exe").map { URL(fileURLWithPath: parentFolder(of: $0), isDirectory: true) }
}

/// Whether a folder is in a checkout of this repository: a program installed into another project must neither report
/// that project's commit nor build it.
package func isOwnCheckout(_ folder: String) -> Bool {
  output(of: [
    "git", "--no-optional-locks", "-C", folder, "ls-files", "--error-unmatch", ":/Sources/Records/ResolvedRecipe.swift",
  ]) != nil
}

/// The output of git in the folder of the running program; nil if it fails.
private func git(_ arguments: String...) -> String? {
  guard let programFolder else { return nil }
  return output(of: ["git", "--no-optional-locks", "-C", programFolder.givenPath] + arguments)
}
