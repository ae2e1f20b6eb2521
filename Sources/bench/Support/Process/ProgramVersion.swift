import Records

/// What `bench --version` prints: the program's version, and what its numbers depend on.
struct ProgramVersion: CustomStringConvertible {
  /// The same as in CITATION.cff and CHANGELOG.md.
  static let number = "0.1.0"

  let environment: RunEnvironment

  var description: String {
    let commit = environment.commit.map { $0.hash + ($0.dirty ? ", and changes to the sources since" : "") }
    return """
      bench \(Self.number)
      commit: \(commit ?? "unknown: the program is not in an archive of Scripts/package or, with git, in its own checkout")
      compiler: \(environment.compiler), \(environment.build)
      instruction set: \(environment.instructionSet)
      """
  }
}
