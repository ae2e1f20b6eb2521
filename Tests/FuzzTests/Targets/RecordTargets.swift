import Foundation
import Records

extension FuzzTarget {
  /// The rows of runs.csv, with quotes, empty fields and numbers of every kind.
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

/// All bytes of a file.
func bytes(_ path: String) throws -> [UInt8] { [UInt8](try Data(contentsOf: URL(fileURLWithPath: path))) }
