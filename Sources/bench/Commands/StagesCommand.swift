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
    abstract: "Time the stages of training or inference steps, with random weights and images.",
    discussion: """
      Every step after the warm-up is kept. Each stage is compared with what the machine can do (see bench roofline). \
      Besides models, it can time the parts of sampling (smoothing, resampling) and reading images on one thread \
      (loader).
      """)

  private static let usual = StageBenchmark(model: .s3n)

  @Option(
    help: """
      Work to time: \(WorkloadName.allCases.map(\.rawValue).joined(separator: ", ")), or the name of a ResNet backbone.
      """)
  var model = "s3n"

  @OptionGroup var network: NetworkOptions

  @Option(
    help: ArgumentHelp(
      "Images that share batch-norm statistics in training; a larger batch is split into groups.", valueName: "count"))
  var bnBatch = StagesCommand.usual.normalizationGroup

  @Option(help: "Phase to time: train (forward, backward and update) or infer (forward).")
  var phase = StagesCommand.usual.phase

  @Option(help: "Method for smoothing attention (default: \(usual.smoothing.rawValue)).")
  var smoothing: SmoothingMethod?

  @Option(
    help: ArgumentHelp("Side of the attention map (default: \(usual.gridSide)).", valueName: "cells"))
  var grid: Int?

  @Option(help: ArgumentHelp("Steps to time.", valueName: "count"))
  var rounds = StagesCommand.usual.rounds

  @Option(help: ArgumentHelp("Untimed warm-up steps before those.", valueName: "count"))
  var warmUp = StagesCommand.usual.warmUp

  @Option(
    name: .customLong("data"),
    help: ArgumentHelp("With --model loader: folder of images (default: painted images).", valueName: "dir"))
  var folder: String?

  @OptionGroup var features: PrecisionOption
  @OptionGroup var engine: EngineOptions
  @OptionGroup var log: LogOptions

  @Option(help: ArgumentHelp("Write every sample to this CSV file.", valueName: "file"))
  var csv: String?

  @Option(
    help: ArgumentHelp(
      "Add the medians to this file, such as reports/performance/history.csv, under this program's commit, and draw "
        + "performance-history next to it.", valueName: "file"))
  var history: String?

  func validate() throws {
    let unread = [
      ("--data", folder != nil && model != "loader"),
      ("--backbone", network.backbone != nil && ["smoothing", "resampling", "loader"].contains(model)),
      ("--smoothing", smoothing != nil && !["s3n", "smoothing"].contains(model)),
      ("--grid", grid != nil && !["s3n", "smoothing", "resampling"].contains(model)),
    ]
    if let option = unread.first(where: \.1)?.0 {
      throw ValidationError("\(option) does not apply to --model \(model): leave it out.")
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
    // Printed first, so that the results appear even if the disk is full.
    print(StageReport(measurement, roofline: .measure()).text)
    if let file { try CSVTable.write(measurement.rows, to: file) }
    try history?.add(measurement.rows)
  }
}

extension Phase: ExpressibleByArgument {
  public static var allValueStrings: [String] { [Phase.train, .infer].map(\.rawValue) }
}

extension SmoothingMethod: ExpressibleByArgument {}
