import Models
import Operators
import Records
import Tensors
import Timing

/// A scaling benchmark: it varies one setting at a time, from a common base.
public struct Scaling: Sendable {
  /// A benchmark and the number of threads it runs on.
  public struct Point: Sendable {
    public var benchmark: StageBenchmark
    public var threads: Int
  }

  public let points: [Point]
  /// The option that varies a setting, by that of a single value.
  private let varied: [String: String]
  /// The single values, where they are options too.
  private let single: [String: String]

  /// Steps of models at each batch, image size and number of threads, with the other settings as in `base`.
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
          // A point that belongs to several series is measured once.
          guard !variations[..<index].contains(where: { $0 == variation }) else { continue }
          benchmark.batch = variation.batch
          benchmark.size = variation.size
          points.append(Point(benchmark: benchmark, threads: variation.threads))
        }
      }
    }
    self.points = points
    varied = ["--batch": "--batches", "--size": "--sizes"]
    single = ["--batch": "\(base.batch)", "--size": "\(base.size)"]
  }

  /// Smoothing by each method on grids of each size: forward only, and forward plus backward.
  public init(smoothing base: StageBenchmark, grids: [Int]) {
    varied = ["--batch": "--maps", "--grid": "--grids"]
    single = [:]
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

  /// Throws if one of the points cannot be measured; an invalid value is told by the option that has it.
  public func validate() throws(PerformanceError) {
    for point in points {
      do throws(PerformanceError) { try point.benchmark.validate() } catch {
        guard case .invalidValue(let option, let value, let expected) = error, let varied = varied[option],
          single[option] != value
        else { throw error }
        throw .invalidValue(option: varied, value: value, expected: expected)
      }
      guard (1...Threads.most).contains(point.threads) else {
        throw .invalidValue(
          option: "--thread-counts", value: "\(point.threads)", expected: "numbers from 1 to \(Threads.most)")
      }
    }
  }

  /// Measures all points and passes each one's result to `report` as soon as it is done. `goOn` receives the number of
  /// finished points before each step; if it returns false, throws `interrupted`.
  public func run(
    goOn: (_ done: Int, _ count: Int) -> Bool = { _, _ in true }, report: (Point, StageMeasurement) throws -> Void
  ) throws {
    let threadsBefore = Threads.count
    defer { Threads.use(threadsBefore) }
    for (number, point) in points.enumerated() {
      Threads.use(point.threads)
      // Release the memory of earlier sizes, which is of no use here.
      StoragePool.shared.drain()
      try report(point, point.benchmark.run { _, _ in goOn(number, points.count) })
    }
  }
}
