import Foundation
import TestSupport
import Testing
import Yams

/// Checks that the workflow files in docs/ci have the form that CI systems read, and that their commands exist.
@Suite struct WorkflowTests {
  private func workflow(_ name: String) throws -> [String: Any] {
    let file = Repository.root.appendingPathComponent("docs/ci/\(name)")
    return try #require(try Yams.load(yaml: String(contentsOf: file, encoding: .utf8)) as? [String: Any])
  }

  private func requireCommands(_ commands: [String]) throws {
    #expect(commands.count { $0.contains("bench regress") } == 2)
    for command in commands {
      for script in command.matches(of: /\bScripts\/[\w-]+/) {
        let path = Repository.root.appendingPathComponent(String(script.output)).path
        #expect(FileManager.default.isExecutableFile(atPath: path), "\(script.output) is not there")
      }
      // The shell only parses it; what it does is tested by hand.
      let shell = Process()
      shell.executableURL = URL(fileURLWithPath: "/bin/sh")
      shell.arguments = ["-n", "-c", command]
      try shell.run()
      shell.waitUntilExit()
      #expect(shell.terminationStatus == 0, "\(command)")
    }
  }

  @Test func gitHubsStepsAreCommands() throws {
    let jobs = try #require(try workflow("github.yml")["jobs"] as? [String: [String: Any]])
    let steps = try #require(jobs["regress"]?["steps"] as? [[String: Any]])
    #expect(steps.allSatisfy { ($0["run"] == nil) != ($0["uses"] == nil) })
    try requireCommands(steps.compactMap { $0["run"] as? String })
  }

  @Test func gitLabsStepsAreCommands() throws {
    let job = try #require(try workflow("gitlab.yml")["regress"] as? [String: Any])
    try requireCommands(try #require(job["script"] as? [String]))
  }
}
