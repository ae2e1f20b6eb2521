import ArgumentParser
import Datasets
import Experiments
import Foundation
import Records
import TestSupport
import Testing

@testable import bench

/// A report of a real, short ablation, made once, as if a clean commit had run the command.
let goodReport = Result { try GoodReport() }

struct GoodReport {
  let folder: TemporaryFolder
  var report: URL { folder.url.appendingPathComponent("report") }

  init() throws {
    folder = try TemporaryFolder()
    var overrides = RecipeOverrides()
    (overrides.size, overrides.epochs) = (32, 3)
    var recipe = try Recipe.quick.applying(overrides)
    recipe.note("classes", "1-2")
    let variants = [Variant.baseline, .s3n]
    var ablation = try Ablation(
      AblationPlan(dataset: "birdlets", recipe: recipe, variants: variants),
      on: Dataset.open("birdlets", classes: ClassSelection("1-2")))
    ablation.weights = try .embedded()
    let output = folder.url.appendingPathComponent("run")
    try ablation.run(in: OutputFolder(output, for: ablation))
    try change(RecordsFile.environment, in: output) {
      $0["command_line"] =
        "bench ablation --classes 1-2 --size 32 --epochs 3 --variants baseline,s3n".split(separator: " ").map(
          String.init)
      $0["commit"] = ["hash": String(repeating: "0", count: 40), "dirty": false] as [String: Any]
    }
    try Report.publish(output, to: report) { try Results(of: $0).writeAll() }
  }
}

/// Changes the first command's record in environment.json, or the whole of another JSON file.
func change(_ file: RecordsFile, in folder: URL, _ change: (inout [String: Any]) -> Void) throws {
  let data = try Data(contentsOf: file.url(in: folder))
  var object = try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
  if var commands = object["commands"] as? [[String: Any]], file == .environment {
    change(&commands[0])
    object["commands"] = commands
  } else {
    change(&object)
  }
  try JSONSerialization.data(withJSONObject: object).write(to: file.url(in: folder))
}

/// Returns a command's exit code; nil if it succeeds.
func exitCode(_ body: () throws -> Void) throws -> Int32? {
  do {
    try body()
    return nil
  } catch let code as ExitCode {
    return code.rawValue
  }
}
