import Limits
import Models
import Operators
import Records
import Statistics
import Tensors
import Timing

/// Times the stages of a workload's steps on random data (images for `loader`), on the current number of threads.
public struct StageBenchmark: Sendable {
  public var model: WorkloadName
  public var backbone = ResNetConfiguration.resnet50
  /// Height and width of the images.
  public var size = 448
  public var batch = 8
  /// The number of images that batch norm sees at once in training; larger batches are split, as in the recipes.
  public var normalizationGroup = 8
  /// `train` or `infer`.
  public var phase = Phase.train
  public var smoothing = SmoothingMethod.fft
  /// The precision in which the model's features are stored and multiplied.
  public var precision = Precision.fp32
  /// The number of cells along a side of the attention map.
  public var gridSide = 31
  /// The number of timed steps.
  public var rounds = 5
  /// The number of untimed steps before them.
  public var warmUp = 2
  /// The folder of images for `loader`; nil for generated ones.
  public var dataFolder: String?

  public init(model: WorkloadName) { self.model = model }

  /// Selects a model by name ("s3n", "resnet") or by its backbone alone: "resnet50" is that ResNet.
  public init(
    modelNamed name: String, backbone backboneName: String?, among backbones: [ResNetConfiguration]
  ) throws(PerformanceError) {
    func backbone(_ name: String) -> ResNetConfiguration? { backbones.first { $0.name == name } }
    if let known = WorkloadName(rawValue: name) {
      self.init(model: known)
    } else if let named = backbone(name) {
      self.init(model: .resnet)
      self.backbone = named
      guard backboneName ?? name == name else {
        throw .invalidValue(
          option: "--backbone", value: backboneName ?? "", expected: "\(name), or resnet as the model")
      }
    } else {
      throw .unknownName(
        kind: "model", name: name, known: WorkloadName.allCases.map(\.rawValue) + backbones.map(\.name))
    }
    guard let backboneName else { return }
    guard let named = backbone(backboneName) else {
      throw .unknownName(kind: "backbone", name: backboneName, known: backbones.map(\.name))
    }
    self.backbone = named
  }

  /// Throws for impossible settings, or if a step would not fit in memory.
  public func validate() throws(PerformanceError) {
    func require(_ option: String, _ value: Int, in range: ClosedRange<Int>) throws(PerformanceError) {
      guard range.contains(value) else {
        throw .invalidValue(
          option: option, value: "\(value)", expected: "a number from \(range.lowerBound) to \(range.upperBound)")
      }
    }
    try require("--size", size, in: 32...4096)
    try require("--batch", batch, in: 1...1024)
    try require("--bn-batch", normalizationGroup, in: 1...1024)
    try require("--grid", gridSide, in: 2...255)
    try require("--rounds", rounds, in: 1...10_000)
    try require("--warm-up", warmUp, in: 0...1000)
    guard precision == .fp32 || model.hasBackbone else {
      throw .invalidValue(
        option: "--precision", value: precision.rawValue, expected: "fp32: \(model) has no convolutions")
    }
    guard phase != .load else {
      throw .invalidValue(option: "--phase", value: phase.rawValue, expected: "train or infer")
    }
    let limit = MemoryLimit.current
    guard estimatedBytes <= limit.bytes else { throw .tooLarge(neededBytes: estimatedBytes, limit) }
  }

  /// Runs the warm-up and the rounds. `goOn` receives the progress before each step; if it returns false, throws
  /// `interrupted`.
  public func run(goOn: (_ done: Int, _ count: Int) -> Bool = { _, _ in true }) throws -> StageMeasurement {
    try validate()
    PeakMemory.reset()
    let workload = try makeWorkload()
    var afterFirst: Int?
    func step(_ number: Int) throws -> [StageSample] {
      guard goOn(number, warmUp + rounds) else { throw PerformanceError.interrupted }
      let samples = try workload.step()
      afterFirst = afterFirst ?? ProcessStart.elapsedNanoseconds
      return samples
    }
    for number in 0..<warmUp { _ = try step(number) }
    var steps: [(samples: [StageSample], load: OtherLoad?)] = []
    let (_, load) = try OtherLoad.during {
      for round in 0..<rounds {
        let (samples, load) = try OtherLoad.during { try step(warmUp + round) }
        steps.append((samples, load))
      }
    }
    // The first step also allocates its memory from the system, so its excess over a typical step counts as start-up.
    let usual = median(steps.flatMap(\.samples).filter { $0.stage == .step }.map { Double($0.durationNanoseconds) })
    return StageMeasurement(
      benchmark: self, steps: steps, load: load, work: workload.work, memory: .current,
      startUpNanoseconds: afterFirst.map { max(0, $0 - Int(usual ?? 0)) })
  }

  func makeWorkload() throws -> any Workload {
    switch model {
    case .resnet, .s3n: ModelWorkload(self)
    case .smoothing: SmoothingWorkload(self)
    case .resampling: ResamplingWorkload(self)
    case .loader: try LoaderWorkload(self)
    }
  }

  /// The approximate number of bytes that a step needs at once.
  private var estimatedBytes: Int {
    let images = (phase == .train ? min(batch, normalizationGroup) : batch) * size * size * 3
    guard model.hasBackbone else { return 4 * max(4 * images, 16 * batch * gridSide * gridSide) }
    let network = ResNetWork(backbone, images: images / (size * size * 3), height: size, width: size)
    let channels = backbone.featureChannels
    let weights = network.convolutions.reduce(0) { $0 + $1.weights } + (model == .s3n ? 18 * channels * channels : 0)
    let passes = model == .s3n ? 3 : 1
    let kept = phase == .train ? passes * network.keptFloats : 2 * network.largestOutput
    return precision.bytes * kept + 4 * (passes * images + weights * (phase == .train ? 5 : 2))
  }
}
