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
    abstract: "Measure how the time of a step grows with batch, image size, threads and grid, and draw the charts.",
    discussion: """
      Writes scaling.csv (models) and smoothing.csv (smoothing by each method), every sample after the warm-up, and the \
      charts scaling-batch, scaling-size, scaling-threads, smoothing-forward and smoothing-backward. One thing is varied \
      at a time; the others are as --batch, --size and --threads say.

      With --simulate-threads steps are recorded task by task on one thread and shared out among as many as are named, as \
      the engine would share them out: simulated-scaling.csv and its chart, beside what was measured on those that there are.
      """)

  @Option(help: "The models, separated by commas; none leaves them out.")
  var models = CommaList<WorkloadName>([.s3n, .resnet])

  @Option(help: "The backbone: \(ResNetConfiguration.known.map(\.name).joined(separator: ", ")).")
  var backbone = ResNetConfiguration.resnet50.name

  @Option(help: ArgumentHelp("Height and width of the images where they are not varied.", valueName: "pixels"))
  var size = 448

  @Option(help: ArgumentHelp("Images a step where they are not varied.", valueName: "count"))
  var batch = 8

  @Option(help: "Batches to vary over.")
  var batches = CommaList([1, 2, 4, 8, 12, 16])

  @Option(help: "Image sizes to vary over.")
  var sizes = CommaList([224, 288, 352, 448, 512, 600])

  @Option(help: "Numbers of threads to vary over (default: 1 to all CPUs).")
  var threadCounts: CommaList<Int>?

  @Option(help: "Grids to time the smoothing on; none leaves it out.")
  var grids = CommaList([3, 5, 7, 11, 15, 21, 31, 43, 61, 87, 121])

  @Option(help: ArgumentHelp("Attention maps that are smoothed at once.", valueName: "count"))
  var maps = 16

  @Option(help: ArgumentHelp("Steps to time at each point.", valueName: "count"))
  var rounds = 3

  @Option(
    help: "Simulate steps on these numbers of threads, such as 1,2,4 or 1-64, in place of the measurements above.")
  var simulateThreads: ThreadNumbers?

  @Option(
    help: ArgumentHelp("Memory bandwidth that simulated threads share (default: enough).", valueName: "GB/s"))
  var bandwidth: Double?

  @OptionGroup var engine: EngineOptions
  @OptionGroup var log: LogOptions

  @Option(help: ArgumentHelp("The folder for the files.", valueName: "dir"))
  var out = "reports/performance"

  func validate() throws {
    guard simulateThreads != nil || bandwidth == nil else {
      throw ValidationError("--bandwidth is for --simulate-threads: leave it out.")
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

  /// Measures all points; what was measured before stays in `file` until they are complete.
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
        display.keep("\(file.relativePath) is as it was; what was measured now is in \(unfinished.relativePath).")
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
