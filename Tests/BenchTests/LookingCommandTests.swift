import Foundation
import TestSupport
import Testing

/// The commands that examine where trained models look.
@Suite(.enabled(if: Program.path != nil, "the program is not built")) struct LookingCommandTests {
  @Test func endedEarlyTheyGoOnAndWriteTheSameTable() throws {
    let temporary = try TemporaryFolder()
    let folder = temporary.url
    let training = """
      bench ablation --classes 1-2 --size 32 --epochs 1 --variants s3n --seeds 2 --checkpoints --threads 1 --out models
      """
    #expect(try Program.run(training, in: folder).code == 0)
    func contents(_ name: String) throws -> [String] {
      try FileManager.default.contentsOfDirectory(atPath: "\(folder.path)/\(name)")
    }
    for (command, table) in [("localise", "localisation.csv"), ("intervene", "interventions.csv")] {
      #expect(try Program.run("PATH= bench \(command) models --out whole", in: folder).code == 0)
      // The rename that is killed is neither that of the first file kept nor that of the table.
      let killed = try Program.run("PATH= S3N_FAULT=rename:2:KILL bench \(command) models --out killed", in: folder)
      #expect(killed.code == 137)
      #expect(try contents("killed").contains(".\(table).unfinished"), "what was found is kept")
      #expect(try Program.run("PATH= bench \(command) models --out killed", in: folder).code == 0)
      #expect(try !contents("killed").contains { $0.hasPrefix(".") }, "nothing is left")
      #expect(
        FileManager.default.contentsEqual(
          atPath: "\(folder.path)/whole/\(table)", andPath: "\(folder.path)/killed/\(table)"))
    }
  }

  /// Rows that cannot be told apart would be averaged in the chart.
  @Test func modelsThatCannotStandInOneTableAreRefused() throws {
    let folder = try TemporaryFolder()
    let script = """
      train() { PATH= "$BENCH" train --variant s3n --classes 1-2 --size 32 --threads 1 "$@" > log 2>&1; }
      train --epochs 1 --out a && train --epochs 2 --out b && train --epochs 2 --seed 1 --out c || exit 1
      cp a/checkpoints/s3n-seed0.safetensors same.safetensors
      try() {
        PATH= "$BENCH" localise --checkpoint "$@" --out out > out.txt 2> errors; code=$?
        [[ $code == 64 ]] && read -r line < errors && [[ $line == *'cannot share a table'* ]]
      }
      try {a,b}/checkpoints/s3n-seed0.safetensors || exit 2
      try a/checkpoints/s3n-seed0.safetensors same.safetensors || exit 3
      try a/checkpoints/s3n-seed0.safetensors c/checkpoints/s3n-seed1.safetensors || exit 4
      PATH= "$BENCH" localise absent > out.txt 2> errors; [[ $? == 64 && ! -e absent ]] || exit 5
      PATH= "$BENCH" localise --checkpoint {b/checkpoints/s3n-seed0,c/checkpoints/s3n-seed1}.safetensors --out out || exit 6
      """
    let result = try Program.run(script, in: folder.url)
    #expect(result.code == 0, "\(result.errors)")
  }
}
