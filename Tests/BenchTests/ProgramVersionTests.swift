import Foundation
import TestSupport
import Testing

@testable import Records
@testable import bench

@Suite struct ProgramVersionTests {
  private var environment = RunEnvironment(instructionSet: "avx2", threads: 1, libraries: [:])

  init() {
    environment.compiler = "Swift 6.3"
    environment.build = "release"
  }

  @Test(arguments: [(false, "1c67fa1"), (true, "1c67fa1, and changes to the sources since")])
  func tellsWhatNumbersHangOn(dirty: Bool, commit: String) {
    var environment = environment
    environment.commit = .init(hash: "1c67fa1", dirty: dirty)
    #expect(
      ProgramVersion(environment: environment).description == """
        bench \(ProgramVersion.number)
        commit: \(commit)
        compiler: Swift 6.3, release
        instruction set: avx2
        """)
  }

  @Test func aProgramOutsideOfItsCheckoutSaysSo() {
    var environment = environment
    environment.commit = nil
    #expect(ProgramVersion(environment: environment).description.contains("commit: unknown"))
  }

  @Test func theFlagIsThatOfTheProgramItself() throws {
    #expect(try (Bench.parseAsRoot(["--version"]) as? Bench)?.version == true)
    // It also works after a command, and then no work begins.
    #expect(try (Bench.command(["ablation", "--version"]) as? Bench)?.version == true)
  }

  @Test(arguments: ["CITATION.cff", "CHANGELOG.md"])
  func theFilesAtTheTopNameTheSameVersion(file: String) throws {
    let text = try Repository.text(of: file)
    let line = file == "CITATION.cff" ? "version: \(ProgramVersion.number)" : "## \(ProgramVersion.number)"
    #expect(text.split(separator: "\n").contains { $0.hasPrefix(line) }, "\(file) has no line \"\(line)\"")
  }
}
