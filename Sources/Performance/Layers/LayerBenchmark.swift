import Operators
import Records
import Statistics
import Tensors
import Timing

/// Times every pass of each convolution of a network on its own, and whole steps, and compares them with the least time
/// that the machine needs for the executed operations.
public struct LayerBenchmark: Sendable {
  /// The model, its images, and how many samples to take of each pass and each step.
  public let steps: StageBenchmark

  /// Throws for impossible settings and for models without convolutions.
  public init(_ steps: StageBenchmark) throws(PerformanceError) {
    guard steps.model.hasBackbone else {
      throw .invalidValue(
        option: "--layers", value: steps.model.rawValue, expected: "a model with convolutions, such as resnet50 or s3n")
    }
    var steps = steps
    // A single group, so that layers see all images at once.
    steps.normalizationGroup = steps.batch
    try steps.validate()
    self.steps = steps
  }

  /// A layer's shape, and how often a training step runs each of its passes.
  struct Layer: Equatable {
    let shape: ConvolutionShape
    var counts: [ConvolutionPass: Int]
  }

  /// The layers in forward order; layers of the same shape are merged.
  var layers: [Layer] {
    let network = ResNetWork(steps.backbone, images: steps.batch, height: steps.size, width: steps.size)
    let branches = steps.model == .s3n ? 2 : 0
    var layers: [Layer] = []
    func add(_ shape: ConvolutionShape, passes: Int, toInput: Int) {
      let counts = [ConvolutionPass.forward: passes, .backwardData: toInput, .backwardWeight: passes]
      if let known = layers.firstIndex(where: { $0.shape == shape }) {
        layers[known].counts.merge(counts, uniquingKeysWith: +)
      } else {
        layers.append(Layer(shape: shape, counts: counts))
      }
    }
    for (index, shape) in network.convolutions.enumerated() {
      // The original image needs no gradient.
      add(shape, passes: 1 + branches, toInput: index == 0 ? branches : 1 + branches)
    }
    if branches > 0 {
      let buffer = steps.backbone.buffer(of: .discriminative).geometry
      add(ConvolutionShape(buffer, input: network.features), passes: branches, toInput: branches)
    }
    return layers
  }

  /// Measures all passes and then whole steps. `goOn` receives the progress before each measurement; if it returns
  /// false, throws `interrupted`.
  public func run(on roofline: Roofline, goOn: (_ done: Int, _ count: Int) -> Bool = { _, _ in true }) throws
    -> [LayerRow]
  {
    let work = layers.flatMap { layer in
      ConvolutionPass.allCases.filter { layer.counts[$0] != 0 }.map { (layer, $0) }
    }
    let phases = [Phase.infer, .train]
    var rows: [LayerRow] = []
    func next() throws {
      guard goOn(rows.count, work.count + phases.count) else { throw PerformanceError.interrupted }
    }
    for (layer, pass) in work {
      try next()
      rows.append(measure(layer, pass, on: roofline))
    }
    for phase in phases {
      try next()
      rows.append(try measure(phase, on: roofline))
    }
    return rows
  }

  private func measure(_ layer: Layer, _ pass: ConvolutionPass, on roofline: Roofline) -> LayerRow {
    let (shape, precision) = (layer.shape, steps.precision)
    let algorithm = Conv2DAlgorithm.best(for: shape.geometry, precision)
    let run = OperatorCase.convolution(shape, pass, by: algorithm, precision).prepare().run
    for _ in 0..<max(1, steps.warmUp) { run() }
    let (times, load) = OtherLoad.during {
      (0..<steps.rounds).map { _ in
        let start = monotonicNanoseconds()
        run()
        return Double(monotonicNanoseconds() - start)
      }
    }
    let sorted = times.sorted()
    var row = blankRow(load)
    row.medianNanoseconds = quantile(0.5, ofSorted: sorted) ?? 0
    row.p10Nanoseconds = quantile(0.1, ofSorted: sorted) ?? 0
    row.p90Nanoseconds = quantile(0.9, ofSorted: sorted) ?? 0
    (row.layer, row.pass, row.algorithm) = (shape.title, pass.rawValue, algorithm.rawValue)
    row.count = layer.counts[pass] ?? 0
    row.flops = shape.flops
    let executed = shape.executedWork(of: pass, precision)
    (row.executedFlops, row.bytes) = (executed.flops, executed.bytes)
    let bound = shape.bound(of: pass, precision, on: roofline)
    (row.boundNanoseconds, row.peakArithmetic) = (1e9 * bound.seconds, bound.peak)
    row.peakBandwidth = roofline.peakBandwidth
    return row
  }

  /// Measures a whole step. Its bound is the sum of its layers' bounds and the bound of all remaining work.
  private func measure(_ phase: Phase, on roofline: Roofline) throws -> LayerRow {
    var benchmark = steps
    benchmark.phase = phase
    let measurement = try benchmark.run()
    var row = blankRow(measurement.load)
    if let time = StepTime.times(of: measurement.rows).first {
      (row.medianNanoseconds, row.p10Nanoseconds) = (time.medianNanoseconds, time.p10Nanoseconds)
      row.p90Nanoseconds = time.p90Nanoseconds
    }
    (row.layer, row.pass, row.count) = (LayerRow.wholeStep, phase.rawValue, 1)
    var defined = Work.none
    var bound = 0.0
    for layer in layers {
      for pass in ConvolutionPass.allCases where phase == .train || pass == .forward {
        let count = layer.counts[pass] ?? 0
        defined += count * layer.shape.work(of: pass).stored(as: steps.precision)
        row.executedFlops += Double(count) * layer.shape.executedWork(of: pass, steps.precision).flops
        bound += Double(count) * layer.shape.bound(of: pass, steps.precision, on: roofline).seconds
      }
    }
    let whole = measurement.work(of: StageRow.wholeStep) ?? .none
    let rest = Work(flops: max(0, whole.flops - defined.flops), bytes: max(0, whole.bytes - defined.bytes))
    (row.flops, row.bytes) = (whole.flops, whole.bytes)
    row.executedFlops += rest.flops
    row.boundNanoseconds = 1e9 * (bound + roofline.bound(rest).seconds)
    (row.peakArithmetic, row.peakBandwidth) = (roofline.peakArithmetic(steps.precision), roofline.peakBandwidth)
    return row
  }

  private func blankRow(_ load: OtherLoad?) -> LayerRow {
    var row = LayerRow(of: PerformanceSubject(steps, threads: Threads.count))
    (row.status, row.otherCPUs) = (.init(load), load?.cpus)
    return row
  }
}
