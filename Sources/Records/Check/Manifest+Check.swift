import Files
import Foundation

extension Manifest {
  /// Raw files that differ from the manifest of `folder`; a run has no manifest until its results are drawn.
  public static func changes(in folder: URL) throws(RecordsError) -> [Finding] {
    guard isAccessible(RecordsFile.manifest.url(in: folder).givenPath, F_OK) else { return [] }
    return try read(in: folder).findings(in: folder).filter { finding in
      !RecordsFile.isDerived(finding.file) && RecordsFile.isPartOfReport(finding.file)
    }
  }

  /// All differences between `folder` and the manifest.
  public func findings(in folder: URL) throws(RecordsError) -> [Finding] {
    var findings: [Finding] = []
    if schema != Self.currentSchema {
      findings.append(Finding(.manifest, "schema", expected: "\(Self.currentSchema)", found: "\(schema)"))
    }
    let names = try visibleNames(in: folder)
    for (name, sha256) in files.sorted(by: { $0.key < $1.key }) {
      guard names.contains(name) else {
        findings.append(Finding(file: name, expected: "the file that the manifest names", found: "none"))
        continue
      }
      let found = try checksum(of: folder.appendingPathComponent(name))
      if found != sha256 { findings.append(Finding(file: name, expected: "sha256 \(sha256)", found: found)) }
    }
    let others = names.filter {
      !RecordsFile.mayLieBeside($0) && !RecordsFile.isTakenOut($0) && $0 != RecordsFile.models
    }
    for name in others where files[name] == nil {
      findings.append(Finding(file: name, expected: "only files that the manifest names", found: "this one"))
    }
    for name in RecordsFile.required where files[name] == nil {
      findings.append(Finding(.manifest, "files", expected: name, found: "no such entry"))
    }
    return findings
  }

  /// Contradictions between manifest and `environments`, and commands without a clean commit or with a fault.
  public func findings(about environments: EnvironmentFile) -> [Finding] {
    var findings: [Finding] = []
    let commands = environments.commands.map(\.commandLine)
    if commands != self.commands {
      findings.append(
        Finding(.manifest, "commands", expected: "those of environment.json", found: "\(self.commands.count) others"))
    }
    if environments.commands.map(\.commit).unique() != commits {
      findings.append(Finding(.manifest, "commits", expected: "those of environment.json", found: "others"))
    }
    for (index, record) in environments.commands.enumerated() where record.commit?.dirty != false {
      let found = record.commit.map { "changes on top of \($0.hash)" } ?? "a program outside its checkout"
      findings.append(
        Finding(.environment, "command \(index + 1), commit", expected: "a commit without changes", found: found))
    }
    for (index, record) in environments.commands.enumerated() {
      guard let fault = record.plantedFault else { continue }
      findings.append(
        Finding(.environment, "command \(index + 1)", expected: "no fault planted on purpose", found: fault))
    }
    return findings
  }
}
