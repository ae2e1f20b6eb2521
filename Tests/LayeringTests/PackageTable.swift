import Foundation
import TestSupport

/// The imports that Package.swift allows, parsed from its text: building it here would wait for this very build.
struct PackageTable {
  struct Target {
    let name: String
    let dependencies: Set<String>
    let isTest: Bool
  }

  /// The targets in file order, from the lowest floor to the highest.
  let targets: [Target]

  init() throws {
    let text = try Repository.text(of: "Package.swift")
    // Our own functions start a line; `.library`, a product, is not a target.
    let start = /(?m)^\s*(library|tests|system|\.target|\.executableTarget|\.testTarget)\(\s*(?:name: )?"(\w+)"/
    let matches = text.matches(of: start)
    targets = matches.enumerated().map { index, match in
      let end = index + 1 < matches.count ? matches[index + 1].range.lowerBound : text.endIndex
      let rest = text[match.range.upperBound..<end]
      let kind = match.1
      let list =
        kind.hasPrefix(".")
        ? rest.firstMatch(of: /dependencies: \[([^\]]*)\]/)?.1 : rest.prefixMatch(of: /,\s*\[([^\]]*)\]/)?.1
      var dependencies = Set((list ?? "").matches(of: /"(\w+)"/).map { String($0.1) })
      let name = String(match.2)
      if kind == "tests" { dependencies.insert(name) }
      if kind == "system" { dependencies = [] }
      return Target(
        name: kind == "tests" ? name + "Tests" : name, dependencies: dependencies,
        isTest: kind == "tests" || kind == ".testTarget")
    }
  }

  /// Returns the modules that the Swift files of a target import.
  static func imports(of target: String) throws -> Set<String> {
    var modules: Set<String> = []
    for folder in ["Sources", "Tests"] {
      let url = Repository.root.appendingPathComponent(folder).appendingPathComponent(target)
      guard let files = FileManager.default.enumerator(at: url, includingPropertiesForKeys: nil) else { continue }
      for case let file as URL in files where file.pathExtension == "swift" {
        let text = try String(contentsOf: file, encoding: .utf8)
        for match in text.matches(of: /(?m)^ *(?:@\w+ |public |package |internal )*import (\w+)/) {
          modules.insert(String(match.1))
        }
      }
    }
    return modules
  }
}
