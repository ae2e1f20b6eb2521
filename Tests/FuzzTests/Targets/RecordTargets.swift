import Foundation
import Records
import TestSupport

extension FuzzTarget {
  /// Rows of runs.csv with quotes, empty fields and numbers of every kind.
  static func csv() -> FuzzTarget {
    let header = RunRow.columns.map(\.name).joined(separator: ",")
    let lines = [
      #"a-s3n-seed0,birdlets,2,quick,1,"size=64, ""x""",s3n,2,0.09,0.3,0,joint,top1,percent,75.3125,320,finished"#,
      "a-s3n-seed1,birdlets,2,quick,1,,s3n,,,,1,joint,top1,percent,,,diverged",
    ]
    let sound = [header + "\n", header + "\n" + lines.joined(separator: "\n") + "\n"]
    return FuzzTarget(samples: sound.map { Array($0.utf8) }, mayThrow: { $0 is RecordsError }) { path in
      let rows: [RunRow] = try CSVTable.read(from: URL(fileURLWithPath: path))
      _ = rows.count
    }
  }
}

extension FuzzTarget {
  /// A table of reports/birdlets-10-seeds, truncated after some rows.
  static func table<Row: CSVRow>(_ file: RecordsFile, of row: Row.Type) throws -> FuzzTarget {
    let lines = try bytes(file.url(in: Repository.report("birdlets-10-seeds")).path).split(separator: 10).prefix(12)
    let sound = lines.joined(separator: [10]) + [10]
    return FuzzTarget(samples: [Array(sound)], mayThrow: { $0 is RecordsError }) { path in
      let rows: [Row] = try CSVTable.read(from: URL(fileURLWithPath: path))
      _ = rows.count
    }
  }

  /// cells.json of a divided ablation.
  static func cells(_ folder: TemporaryFolder) throws -> FuzzTarget {
    let recipe = ResolvedRecipe(
      dataset: .init(name: "d", version: "1", classes: ["a", "b"]), recipe: "r", recipeVersion: 1, overrides: [:],
      initialWeights: nil, values: ["batch": JSONValue(8)])
    let cell = Division.Cell(key: "s3n-seed0", runID: "d-r-s3n-seed0", arguments: ["--seeds", "0-0"])
    let divided = URL(fileURLWithPath: folder.path("divided"), isDirectory: true)
    _ = try DividedFolder(at: divided, for: Division([cell], recipe: recipe, configuration: ""))
    let list = divided.appendingPathComponent("cells.json").path
    return try replacing(list, mayThrow: { $0 is RecordsError }) {
      _ = try DividedFolder(reading: divided).division.cells.count
    }
  }
}

extension FuzzTarget {
  /// A file of a valid folder, which is replaced by damaged versions.
  static func replacing(
    _ place: String, mayThrow: @escaping (any Error) -> Bool, _ read: @escaping () throws -> Void
  ) throws -> FuzzTarget {
    let sound = try bytes(place)
    return FuzzTarget(samples: [sound], mayThrow: mayThrow) { path in
      unlink(place)
      symlink(path, place)
      try read()
    }
  }
}

/// Returns all bytes of a file.
func bytes(_ path: String) throws -> [UInt8] { [UInt8](try Data(contentsOf: URL(fileURLWithPath: path))) }
