import Foundation
import Records
import Testing

@testable import Figures

/// Records changed by another program or a bad disk: a figure leaves out what no axis can show or says what is wrong.
@Suite struct DamagedRecordsTests {
  @Test(arguments: [RecordsFile.runs, .epochs, .sampling, .predictions, .stagesSummary])
  func everyFigureIsMadeOrRefused(file: RecordsFile) throws {
    let folder = try RecordedRuns()
    folder.add("baseline", top1: 70)
    for seed in 0..<2 as Range<UInt64> {
      folder.add("s3n", seed: seed, top1: 80)
      folder.predict("001.Red_Bird", as: "002.Blue_Bird", 0.55, times: 2, seed: seed)
    }
    _ = try folder.written()
    let place = file.url(in: folder.url)
    let sound = try String(contentsOf: place, encoding: .utf8).split(separator: "\n").map { line in
      line.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
    }
    for column in sound[0].indices {
      for value in ["nan", "inf", "1e308", "9223372036854775807", "-9223372036854775808", "1e19"] {
        for first in [1, sound.count - 1] {
          var damaged = sound
          for row in first..<sound.count { damaged[row][column] = value }
          try Data(damaged.map { $0.joined(separator: ",") + "\n" }.joined().utf8).write(to: place)
          for kind in FigureKind.all {
            do { _ = try kind.figure(of: [folder.records]) } catch {
              #expect(error is FiguresError || error is RecordsError, "\(sound[0][column]) \(value): \(error)")
            }
          }
        }
      }
    }
  }
}
