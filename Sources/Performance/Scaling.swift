import Models
import Operators
import Records
import Tensors
import Timing

/// What is measured to see how times grow: one thing is varied at a time, from the same base.
public struct Scaling: Sendable {
  /// A benchmark and the threads that it runs on.
  public struct Point: Sendable {
    public var benchmark: StageBenchmark
    public var threads: Int
  }

  public let points: [Point]

  /// Steps of models at each batch, image size and number of threads, the others as in `base`.
  public init(
    models: [WorkloadName], phases: [Phase], base: StageBenchmark, batches: [Int], sizes: [Int], threads: [Int]
  ) {
    let most = Threads.count
    var points: [Point] = []
    for model in models {
      for phase in phases {
        var benchmark = base
        benchmark.model = model
        benchmark.phase = phase
        let variations =
          batches.map { (batch: $0, size: base.size, threads: most) }
          + sizes.map { (batch: base.batch, size: $0, threads: most) }
          + threads.map { (batch: base.batch, size: base.size, threads: $0) }
        for (index, variation) in variations.enumerated() {
          // What two of them share is measured once.
          guard !variations[..<index].contains(where: { $0 == variation }) else { continue }
          benchmark.batch = variation.batch
          benchmark.size = variation.size
          points.append(Point(benchmark: benchmark, threads: variation.threads))
        }
      }
    }
    self.points = points
  }

  /// The smoothing by each method on grids of each size, forward, and forward and backward.
  public init(smoothing base: StageBenchmark, grids: [Int]) {
    points = [Phase.infer, .train].flatMap { phase in
      SmoothingMethod.allCases.flatMap { method in
        grids.map { grid in
          var benchmark = base
          benchmark.model = .smoothing
          benchmark.phase = phase
          benchmark.smoothing = method
          benchmark.gridSide = grid
          return Point(benchmark: benchmark, threads: Threads.count)
        }
      }
    }
  }

  /// Throws for a point that cannot be measured.
  public func validate() throws(PerformanceError) {
    for point in points {
      try point.benchmark.validate()
      guard (1...Threads.most).contains(point.threads) else {
        throw .invalidValue(
          option: "--thread-counts", value: "\(point.threads)", expected: "numbers from 1 to \(Threads.most)")
      }
    }
  }

  /// Measures all points and gives `report` each with its rows as soon as it is done; `goOn` is told how many of how many
  /// points are done before each step, and throws `interrupted` if it says false.
  public func run(
    goOn: (_ done: Int, _ count: Int) -> Bool = { _, _ in true }, report: (Point, StageMeasurement) throws -> Void
  ) throws {
    let threadsBefore = Threads.count
    defer { Threads.use(threadsBefore) }
    for (number, point) in points.enumerated() {
      Threads.use(point.threads)
      // Memory of the sizes before would only be in the way.
      StoragePool.shared.drain()
      try report(point, point.benchmark.run { _, _ in goOn(number, points.count) })
    }
  }
}
