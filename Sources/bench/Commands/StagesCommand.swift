import ArgumentParser
import Experiments
import Foundation
import Models
import Operators
import Performance
import Records
import Timing

struct StagesCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "stages",
    abstract: "Time the stages of training or inference steps on random weights and images.",
    discussion: """
      Every step after the warm-up is kept. Each stage is held against what the machine can do (see roofline). Besides \
      the models, the parts of sampling (smoothing, resampling) and reading images on one thread (loader) can be timed.
      """)

  private static let usual = StageBenchmark(model: .s3n)

  @Option(
    help: """
      What to time: \(WorkloadName.allCases.map(\.rawValue).joined(separator: ", ")), or a backbone's name for that \
      ResNet.
      """)
  var model = "s3n"

  @OptionGroup var network: NetworkOptions

  @Option(
    help: ArgumentHelp(
      "Images that batch norm sees at once in training: a larger batch is worked off in groups.", valueName: "count"))
  var bnBatch = StagesCommand.usual.normalizationGroup

  @Option(help: "train (forward, backward and update) or infer (forward).")
  var phase = StagesCommand.usual.phase

  @Option(help: "How attention is smoothed (default: \(usual.smoothing.rawValue)).")
  var smoothing: SmoothingMethod?

  @Option(
    help: ArgumentHelp("Cells of the attention map along a side (default: \(usual.gridSide)).", valueName: "cells"))
  var grid: Int?

  @Option(help: ArgumentHelp("Steps to time.", valueName: "count"))
  var rounds = StagesCommand.usual.rounds

  @Option(help: ArgumentHelp("Steps before them that are not timed.", valueName: "count"))
  var warmUp = StagesCommand.usual.warmUp

  @Option(
    name: .customLong("data"),
    help: ArgumentHelp("loader: a folder of images (default: painted ones).", valueName: "dir"))
  var folder: String?

  @OptionGroup var features: PrecisionOption
  @OptionGroup var engine: EngineOptions
  @OptionGroup var log: LogOptions

  @Option(help: ArgumentHelp("Write every sample to this CSV file.", valueName: "file"))
  var csv: String?

  @Option(
    help: ArgumentHelp(
      "Add the medians to this file, such as reports/performance/history.csv, under this program's commit, and draw "
        + "performance-history beside it.", valueName: "file"))
  var history: String?

  func validate() throws {
    let unread = [
      ("--data", folder != nil && model != "loader"),
      ("--backbone", network.backbone != nil && ["smoothing", "resampling", "loader"].contains(model)),
      ("--smoothing", smoothing != nil && !["s3n", "smoothing"].contains(model)),
      ("--grid", grid != nil && !["s3n", "smoothing", "resampling"].contains(model)),
    ]
    if let option = unread.first(where: \.1)?.0 {
      throw ValidationError("\(option) says nothing to --model \(model): leave it out.")
    }
  }

  func run() throws {
    var benchmark = try network.benchmark(of: model)
    benchmark.normalizationGroup = bnBatch
    benchmark.phase = phase
    benchmark.smoothing = smoothing ?? Self.usual.smoothing
    benchmark.precision = features.precision ?? Self.usual.precision
    benchmark.gridSide = grid ?? Self.usual.gridSide
    benchmark.rounds = rounds
    benchmark.warmUp = warmUp
    benchmark.dataFolder = folder
    try benchmark.validate()
    try engine.apply()
    try requireDifferent([("--csv", csv), ("--history", history)])
    let file = try csv.map { try outputFile($0, option: "--csv") }
    let history = try history.map { path throws in try PerformanceHistoryFile(path) }
    let measurement = try benchmark.run(goOn: Watch("Steps").goOn)
    // First, so that a full disk does not keep what was measured from its reader.
    print(StageReport(measurement, roofline: .measure()).text)
    if let file { try CSVTable.write(measurement.rows, to: file) }
    try history?.add(measurement.rows)
  }
}

extension Phase: ExpressibleByArgument {
  public static var allValueStrings: [String] { [Phase.train, .infer].map(\.rawValue) }
}

extension SmoothingMethod: ExpressibleByArgument {}
