import Files
import Foundation
import Records

/// The program of another commit of this repository.
struct OtherCommit {
  /// The root of the checkout that contains this program.
  private let root: String
  let hash: String

  /// Throws `noCheckout` and `noSuchCommit`.
  init(_ reference: String) throws(RegressError) {
    func git(_ folder: String, _ arguments: String...) -> String? { output(of: ["git", "-C", folder] + arguments) }
    guard let own = programFolder?.givenPath, isOwnCheckout(own),
      let root = git(own, "rev-parse", "--show-toplevel")
    else { throw .noCheckout }
    guard let hash = git(root, "rev-parse", "--verify", "--quiet", "--end-of-options", reference + "^{commit}") else {
      throw .noSuchCommit(reference: reference)
    }
    (self.root, self.hash) = (root, hash)
  }

  /// Returns the path of its program, built in release mode and kept in .build/regress under the commit's hash.
  func program() throws -> String {
    let folder = "\(root)/.build/regress/\(hash)"
    let program = folder + "/bench"
    if isAccessible(program, X_OK) { return program }
    try makeFolder(folder, failingAs: RecordsError.self)
    complain("Building \(hash.prefix(10)), which takes some minutes; the result is kept in \(folder).")
    // A temporary worktree, removed however the build ends.
    let (source, scratch) = ("\(folder)/source.\(getpid())", "\(folder)/build.\(getpid())")
    let log = folder + "/build.log"
    removeFile(log)
    defer {
      removeTree(source)
      removeTree(scratch)
      _ = output(of: ["git", "-C", root, "worktree", "prune"])
    }
    try run(["git", "-C", root, "worktree", "add", "--quiet", "--detach", source, hash], log)
    // The versions of packages that this program was built with.
    if let resolved = try? readWhole(root + "/Package.resolved") {
      try writeWhole(resolved, to: source + "/Package.resolved", failingAs: RecordsError.self)
    }
    try run(
      ["swift", "build", "--package-path", source, "--scratch-path", scratch, "-c", "release", "--product", "bench"],
      log)
    guard renameFile(scratch + "/release/bench", to: program) else {
      throw RecordsError.unwritable(path: program, reason: systemReason())
    }
    return program
  }

  private func run(_ arguments: [String], _ log: String) throws {
    guard try ChildProcess.run(arguments, output: .file(log)) != 0 else { return }
    let lines = (readText(log) ?? "").split(separator: "\n")
    throw RegressError.buildFailed(
      commit: String(hash.prefix(10)), log: log, lastLines: lines.suffix(5).joined(separator: "\n"))
  }
}
