import ArgumentParser
import Experiments
import Figures
import Files
import Foundation
import Models
import Performance
import Records
import Tensors
import Timing

struct ScalingCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "scaling",
    abstract: "Measure how step time scales with batch, image size, threads and grid, and draw charts.",
    discussion: """
      Writes scaling.csv (models) and smoothing.csv (each smoothing method), with every sample after the warm-up, and \
      the charts scaling-batch, scaling-size, scaling-threads, smoothing-forward and smoothing-backward. One quantity \
      is varied at a time; the others are set by --batch, --size and --threads.

      With --simulate-threads, steps are recorded task by task on one thread and distributed over the given numbers of \
      threads, as the engine would. Writes simulated-scaling.csv and its chart, next to the times measured on the \
      threads that exist.
      """)

  private static let usual = (
    batches: [1, 2, 4, 8, 12, 16], sizes: [224, 288, 352, 448, 512, 600],
    grids: [3, 5, 7, 11, 15, 21, 31, 43, 61, 87, 121], maps: 16
  )

  @Option(help: "Models to time, separated by commas; none skips them.")
  var models = CommaList<WorkloadName>([.s3n, .resnet])

  @Option(help: "Backbone: \(ResNetConfiguration.known.map(\.name).joined(separator: ", ")).")
  var backbone = ResNetConfiguration.resnet50.name

  @Option(help: ArgumentHelp("Image height and width when not varied.", valueName: "pixels"))
  var size = 448

  @Option(help: ArgumentHelp("Images per step when not varied.", valueName: "count"))
  var batch = 8

  @Option(help: "Batch sizes to vary over.")
  var batches = CommaList(usual.batches)

  @Option(help: "Image sizes to vary over.")
  var sizes = CommaList(usual.sizes)

  @Option(help: "Numbers of threads to vary over (default: 1 to all CPUs).")
  var threadCounts: CommaList<Int>?

  @Option(help: "Grid sides for timing the smoothing; none skips it.")
  var grids = CommaList(usual.grids)

  @Option(help: ArgumentHelp("Attention maps to smooth at once.", valueName: "count"))
  var maps = usual.maps

  @Option(help: ArgumentHelp("Steps to time at each point.", valueName: "count"))
  var rounds = 3

  @Option(
    help: "Simulate these numbers of threads, such as 1,2,4 or 1-64, instead of the measurements above.")
  var simulateThreads: ThreadNumbers?

  @Option(
    help: ArgumentHelp("Memory bandwidth shared by the simulated threads (default: unlimited).", valueName: "GB/s"))
  var bandwidth: Double?

  @OptionGroup var engine: EngineOptions
  @OptionGroup var log: LogOptions

  @Option(help: ArgumentHelp("Folder for the files.", valueName: "dir"))
  var out = "reports/performance"

  func validate() throws {
    guard simulateThreads != nil || bandwidth == nil else {
      throw ValidationError("--bandwidth is for --simulate-threads: leave it out.")
    }
    let measured = [
      ("--batches", batches.values != Self.usual.batches), ("--sizes", sizes.values != Self.usual.sizes),
      ("--thread-counts", threadCounts != nil), ("--grids", grids.values != Self.usual.grids),
      ("--maps", maps != Self.usual.maps),
    ]
    if simulateThreads != nil, let option = measured.first(where: \.1)?.0 {
      throw ValidationError("\(option) is for measurements, not for --simulate-threads: leave it out.")
    }
  }

  func run() throws {
    var base = try StageBenchmark(
      modelNamed: WorkloadName.s3n.rawValue, backbone: backbone, among: ResNetConfiguration.known)
    base.size = size
    base.batch = batch
    base.rounds = rounds
    base.warmUp = 1
    try engine.apply()
    if let simulateThreads { return try simulate(simulateThreads.numbers, base) }
    let ofModels = Scaling(
      models: models.values, phases: [.train, .infer], base: base, batches: batches.values, sizes: sizes.values,
      threads: threadCounts?.values ?? Array(1...Threads.count))
    var smoothing = base
    smoothing.batch = maps
    let ofSmoothing = Scaling(smoothing: smoothing, grids: grids.values)
    try ofModels.validate()
    try ofSmoothing.validate()

    let folder = try outputFolder(out)
    try makeFolder(folder.givenPath, failingAs: RecordsError.self)
    let files = ["scaling.csv", "smoothing.csv"].map { folder.appendingPathComponent($0) }
    for file in files { try requireWritable(file) }
    for (scaling, file) in zip([ofModels, ofSmoothing], files) { try measure(scaling, into: file) }
    try PerformanceCharts(folder: folder).draw()
  }

  /// Measures all points; `file` keeps its earlier rows until all points are complete.
  private func measure(_ scaling: Scaling, into file: URL) throws {
    guard !scaling.points.isEmpty else { return }
    let unfinished = file.appendingPathExtension("unfinished")
    removeFile(unfinished.givenPath)
    var rows: [PerformanceRow] = []
    let signals = StopSignals()
    let display = ProgressLine()
    let count = WorkCount("Measuring \(file.lastPathComponent)", display: display)
    func goOn(_ done: Int, _ points: Int) -> Bool {
      count.show(done, of: points)
      return !signals.isStopWanted
    }
    defer {
      if isAccessible(unfinished.givenPath, F_OK) {
        display.keep("\(file.relativePath) is unchanged; the new measurements are in \(unfinished.relativePath).")
      }
    }
    try scaling.run(goOn: goOn) { point, measurement in
      rows += measurement.rows
      try CSVTable.write(rows, to: unfinished)
      let median = StepTime.times(of: measurement.rows).first?.medianNanoseconds ?? 0
      let benchmark = point.benchmark
      display.keep(
        "\(benchmark.model.rawValue) \(benchmark.phase.rawValue), "
          + (benchmark.model == .smoothing
            ? "\(benchmark.smoothing.rawValue), grid \(benchmark.gridSide)"
            : "batch \(benchmark.batch), size \(benchmark.size), threads \(point.threads)")
          + String(format: ": %.3f ms", 1e-6 * median) + (measurement.isFinal ? "" : ", busy: not final"))
    }
    try CSVTable.write(rows, to: file)
    removeFile(unfinished.givenPath)
  }
}
