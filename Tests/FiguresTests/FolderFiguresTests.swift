import Foundation
import Records
import Testing

@testable import Figures

/// Figures of an output folder.
@Suite struct FolderFiguresTests {
  /// Returns a folder from which every figure except differences can be drawn.
  private func everything() throws -> RecordedRuns {
    let runs = try RecordedRuns()
    runs.add("baseline", top1: 70, seconds: 0.4)
    for seed in 0..<2 as Range<UInt64> { runs.add("s3n", seed: seed, top1: 80 + Double(seed)) }
    for p in ["0", "1", "2"] { runs.add("s3n-p\(p)", p: p, top1: 78) }
    for radius in [0.05, 0.1] {
      for inverse in [0.2, 0.3, 0.4] { runs.add("zoom", radius: radius, inverse: inverse, top1: 60 + 100 * inverse) }
    }
    for seed in 0..<2 as Range<UInt64> {
      runs.predict("001.Red_Bird", as: "001.Red_Bird", 0.95, times: 30, seed: seed)
      runs.predict("001.Red_Bird", as: "002.Blue_Bird", 0.55, times: 6, seed: seed)
      runs.predict("002.Blue_Bird", as: "001.Red_Bird", 0.55, times: 2, seed: seed)
      runs.predict("003.Bird", as: "003.Bird", 0.55, times: 4, seed: seed)
    }
    return runs
  }

  @Test func everyFigureHasItsNameAmongTheFilesOfAFolder() {
    #expect(FigureKind.all.map(\.name) == FigureFile.figures)
  }

  @Test(.enabled(if: hasGnuplot)) func everyFigureThatCanBeIsDrawnAndTheOthersSayWhatIsMissing() throws {
    let folder = try everything()
    let (drawn, leftOut) = try FigureKind.figures(of: [folder.written()])
    #expect(leftOut.map(\.kind.name) == ["differences", "where-it-looks", "looking-elsewhere", "following-marks"])
    #expect("\(leftOut[0].reason)".contains("needs comparisons.csv, which"))
    for (kind, figure) in drawn {
      #expect(figure.name == kind.name)
      let files = try figure.render(to: folder.url)
      #expect(try String(contentsOf: files.svg, encoding: .utf8).contains("</svg>"), "\(kind.name)")
      #expect(try Data(contentsOf: files.pdf).starts(with: Data("%PDF".utf8)), "\(kind.name)")
    }
  }

  @Test func curvesHoldEverySeedAndTheMeanAndEndBetween() throws {
    let folder = try everything()
    let curves = try TrainingCurves(of: folder.written())
    let joint = curves.rows.filter { $0[0] == "1" && $0[1] == Head.joint }
    #expect(
      joint.map { $0[2] } == ["seed", "seed", "seed", "seed", "end", "seed", "seed", "seed", "seed", "end"]
        + ["mean", "mean", "mean", "mean", "end"])
    #expect(joint.filter { $0[2] == "mean" }.map { $0[4] } == ["77.5", "78.5", "79.5", "80.5"])
    #expect(curves.commands.contains("Dashed: learning rate 0.1 to 0.01 after epoch 2; p = 0 to p = 1 after epoch 2."))
  }

  @Test func peaksRadiiAndTheFilterHaveAPanelEach() throws {
    let folder = try RecordedRuns()
    for seed in 0..<2 as Range<UInt64> { folder.add("s3n", radius: 0.125, inverse: 0.25, seed: seed, top1: 80) }
    let figure = try PeaksOverTraining(of: folder.written())
    func means(_ panel: String, _ line: String) -> [String] {
      figure.rows.filter { $0[0] == panel && $0[1] == line && $0[2] == "mean" }.map { $0[4] }
    }
    #expect(means("0", "mean") == ["8.25", "8.5", "8.75", "9.0"])
    #expect(means("0", "fewest") == ["0.5", "0.5", "0.5", "0.5"])
    #expect(means("1", "response") == ["0.5", "0.5", "0.5", "0.5"])
    #expect(means("2", "radius") == ["0.0", "100.0", "200.0", "300.0"])
    #expect(means("2", "radius_inv") == ["0.0", "0.0", "0.0", "0.0"])
    #expect(means("3", "filter") == ["0.0", "1.0", "2.0", "3.0"])
    #expect(figure.commands.contains("Dashed: learning rate 0.1 to 0.01 after epoch 2; p = 0 to p = 1 after epoch 2."))
  }

  @Test func whatLooksNowhereOrWasNotRecordedHasNoPeaksToShow() throws {
    let folder = try everything()
    let records = try folder.written()
    let figure = try FigureKind.named("peaks-over-training")
    let baseline = FolderRecords(of: folder.url, variant: "baseline")
    #expect { try figure.figure(of: [baseline]) } throws: {
      ($0 as? FiguresError)?.saysWhatIsMissing == true && "\($0)".contains("about baseline")
    }
    try FileManager.default.removeItem(at: RecordsFile.sampling.url(in: folder.url))
    #expect { try figure.figure(of: [records]) } throws: {
      "\($0)".contains("lacks: runs of older versions did not record it")
    }
  }

  /// Whichever file is truncated, foreign or of another version, the figures that need it report which file and where.
  @Test(arguments: [RecordsFile.runs, .epochs, .predictions, .sampling, .stagesSummary]) func damageIsNamed(
    _ file: RecordsFile
  ) throws {
    let folder = try everything()
    _ = try folder.written()
    let url = file.url(in: folder.url)
    let whole = try String(contentsOf: url, encoding: .utf8)
    let lines = whole.split(separator: "\n").map(String.init)
    let torn = String(whole.dropLast(lines[lines.count - 1].count / 2 + 1))
    let foreign = "a;b\n1;2\n"
    let newer = lines.enumerated().map { $0 == 0 ? $1 + ",more" : $1 + ",1" }.joined(separator: "\n") + "\n"
    for (text, words) in [(torn, "line \(lines.count): "), (foreign, "name the columns"), (newer, "has more besides")] {
      try Data(text.utf8).write(to: url)
      let error = #expect(throws: RecordsError.self) {
        _ = try FigureKind.figures(of: [FolderRecords(of: folder.url)])
      }
      #expect("\(error!)".contains(url.path) && "\(error!)".contains(words), "\(error!)")
    }
  }

  @Test func longTrainingsAreThinnedOut() throws {
    let runs = try RecordedRuns()
    runs.add("s3n", top1: 80, epochs: 1000)
    let rows = try TrainingCurves(of: runs.written()).rows.filter {
      $0[0] == "1" && $0[1] == Head.joint && $0[2] == "mean"
    }
    #expect(rows.count < 310 && rows.count > 200)
    #expect(rows.first?[3] == "1" && rows.last?[3] == "1000")
  }

  @Test func costIsTimeAnImageAndTheFrontIsWhatNothingBeats() throws {
    let folder = try everything()
    let cost = try Cost(of: [folder.written()])
    let tests = cost.rows.filter { $0[0] == "0" }
    // 0.4 s for 4 epochs of 100 images.
    #expect(tests.first { $0[1] == "baseline" }?[2] == "1.0")
    let minutes = cost.rows.first { $0[0] == "1" && $0[1] == "s3n" }.flatMap { Double($0[2]) }
    #expect(abs((minutes ?? 0) - 1) < 1e-9)
    #expect(
      tests.filter { $0[6] == "1" }.map { $0[1] } == [
        "baseline", "zoom, radius 0.05, radius_inv 0.4", "zoom, radius 0.1, radius_inv 0.4",
      ])
  }

  @Test func radiiMakeAMap() throws {
    let folder = try everything()
    let map = try RadiusMap(of: folder.written().runs())
    #expect(map.rows.count == 6)
    #expect(map.rows.first { $0[2] == "0.1" && $0[3] == "0.4" }?[4] == "100.0")
    #expect(throws: FiguresError.self) { try RadiusMap(of: accuracies("s3n", [50], radius: 0.1)) }
  }

  @Test func policiesStandByHead() throws {
    let folder = try everything()
    let figure = try PeakPolicies(of: folder.written().runs())
    #expect(figure.rows.filter { $0[2] == "heading" }.map { $0[1] } == RecordedRuns.heads)
    #expect(figure.rows.filter { $0[2] == "note" }.prefix(4).map { $0[1] } == ["p = 0", "p = 1", "p = 2", "schedule"])
    #expect(throws: FiguresError.self) { try PeakPolicies(of: accuracies("s3n", [50])) }
  }

  @Test func confusionsAreCountedOverSeeds() throws {
    let folder = try everything()
    let records = try folder.written()
    let pairs = try ConfusionPairs(of: records)
    #expect(
      pairs.rows.map { Array($0[1...4]) } == [
        ["Red Bird", "Blue Bird", "12", "72"], ["Blue Bird", "Red Bird", "4", "4"],
      ])
    let matrix = try ConfusionMatrix(of: records)
    #expect(
      matrix.rows.map { Array($0[0...1] + $0[4...4]) } == [
        ["1", "1", "60"], ["2", "1", "12"], ["1", "2", "4"], ["3", "3", "8"],
      ])
  }

  @Test func theCalibrationErrorIsThatOfItsDefinition() throws {
    let folder = try everything()
    let reliability = try Reliability(of: folder.written())
    // 60 answers at 0.95, all right; 24 at 0.55, of which 8 are.
    let error = (60 * abs(1 - 0.95) + 24 * abs(8.0 / 24 - 0.55)) / 84
    let figure = Style.number(100 * error)
    #expect(reliability.commands.contains("joint: ECE \(figure) %"))
    #expect(reliability.rows.filter { $0[0] == "0" }.map { $0[4] } == ["24", "60"])
    // A bin includes its upper end, as in Guo et al.
    let edge = PredictionRow(
      runID: "", image: "", head: "", label: "a", predicted: "a", probability: 1, labelProbability: 1, labelRank: 1)
    #expect(Calibration(of: [edge]).bins.last?.count == 1)
  }

  @Test func aFolderWithoutAFileSaysWhich() throws {
    let runs = try everything()
    let records = try runs.written()
    try FileManager.default.removeItem(at: RecordsFile.predictions.url(in: runs.url))
    #expect(
      throws: FiguresError.lacksFile(figure: "reliability", file: "predictions.csv", folder: runs.url.relativePath)
    ) { try FigureKind.named("reliability").figure(of: [records]) }
    #expect(throws: FiguresError.unknownFigure("nonsense", known: FigureFile.figures)) {
      try FigureKind.named("nonsense")
    }
    #expect(throws: FiguresError.oneFolderOnly(figure: "reliability")) {
      try FigureKind.named("reliability").figure(of: [records, records])
    }
    #expect(throws: FiguresError.self) {
      try TrainingCurves(of: FolderRecords(of: runs.url, variant: "s4n"))
    }
  }

  @Test func severalFoldersStandUnderTheirNames() throws {
    let (a, b) = (try RecordedRuns(), try RecordedRuns())
    a.add("s3n", top1: 80)
    b.add("s3n", top1: 81)
    let figure = try FigureKind.named("variant-accuracy").figure(of: [a.written(), b.written()])
    #expect(figure.rows.filter { $0[2] == "heading" }.map { $0[1] } == [a.records.name, b.records.name])
    #expect(figure.rows.filter { $0[2] == "mean" }.map { $0[4] } == ["80.0", "81.0"])
  }
}

@Suite struct ShadeTests {
  @Test func inkCanBeReadOnEveryShade() {
    for colour in [Style.blue, Style.vermilion] {
      for share in stride(from: 0.0, through: 1, by: 0.1) {
        let mixed = Shade(colour).mixed(share)
        #expect(contrast(mixed, Shade.ink(on: mixed)) >= 3.9)
      }
    }
    #expect(Shade("#0072B2").mixed(1) == 0x0072B2 && Shade("#0072B2").mixed(0) == 0xFFFFFF)
  }

  private func contrast(_ a: Int, _ b: Int) -> Double {
    let values = [a, b].map(luminance).sorted()
    return (values[1] + 0.05) / (values[0] + 0.05)
  }

  private func luminance(_ colour: Int) -> Double {
    zip([16, 8, 0], [0.2126, 0.7152, 0.0722]).map { shift, weight in
      let value = Double((colour >> shift) & 0xFF) / 255
      return weight * (value <= 0.04045 ? value / 12.92 : pow((value + 0.055) / 1.055, 2.4))
    }.reduce(0, +)
  }
}
