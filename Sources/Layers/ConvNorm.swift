import Operators
import Tensors

/// Whether training forward passes also update the batch norms' running statistics.
public enum RunningStatistics: Sendable {
  case update
  case keep
}

/// A convolution without bias and its batch norm, optionally with ReLU; one layer, since each does part of the other's
/// work. It computes in the precision of its input features; parameters and statistics are floats.
public final class ConvNorm: Module {
  public let geometry: Conv2DGeometry
  public let weight: Parameter
  public let normWeight: Parameter
  public let normBias: Parameter
  public let runningMean: Buffer
  public let runningVariance: Buffer

  private var forwardWeights = Cached<ForwardWeights>()
  private var backwardWeights = Cached<BackwardWeights>()
  private var foldedWeights = Cached<(weights: ForwardWeights, bias: Tensor)>()

  /// How the convolution's weights are initialised.
  public enum Start { case heNormal, pytorchDefault }

  public init(
    _ geometry: Conv2DGeometry, conv: String, norm: String, start: Start = .heNormal, by initial: Initialization
  ) {
    self.geometry = geometry
    let area = geometry.kernel * geometry.kernel
    let name = conv + ".weight"
    weight = Parameter(
      name, layout: .convolution,
      start == .heNormal
        ? initial.heNormal(geometry.weightShape, fanOut: area * geometry.outputChannels, name: name)
        : initial.uniform(geometry.weightShape, fanIn: area * geometry.inputChannels, name: name))
    let channels = [geometry.outputChannels]
    normWeight = Parameter(norm + ".weight", Tensor(repeating: 1, shape: channels))
    normBias = Parameter(norm + ".bias", .zeros(channels))
    runningMean = Buffer(norm + ".running_mean", .zeros(channels))
    runningVariance = Buffer(norm + ".running_var", Tensor(repeating: 1, shape: channels))
  }

  public var parameters: [Parameter] { [weight, normWeight, normBias] }
  public var buffers: [Buffer] { [runningMean, runningVariance] }

  // MARK: Training

  /// The intermediate results of a training forward pass that backward needs.
  public struct Tape {
    let x: Features
    let y: Tensor
    let norm: BatchNorm
  }

  /// Returns the convolution's output, to be read through this batch's norm (and the ReLU).
  public func forward(_ x: Features, relu: Bool, _ running: RunningStatistics) -> (z: Features, tape: Tape) {
    foldedWeights.release()
    let weights = forwardWeights.value(for: [weight.version], x.tensor.precision) { precision in
      ForwardWeights(weight.value, geometry, precision)
    }
    let (y, statistics) = conv2dWithStatistics(x, weights)
    if running == .update { updateRunning(statistics) }
    let norm = BatchNorm(
      weight: normWeight.value, bias: normBias.value, mean: statistics.mean, variance: statistics.variance, relu: relu)
    return (Features(y, prologue: norm.prologue), Tape(x: x, y: y, norm: norm))
  }

  /// Adds the gradients to the parameters and returns the gradient of x, plus `residual` (shaped like dx) if given; nil
  /// unless `needsInput`. `dz` is the gradient of the output after the mask's ReLU.
  public func backward(
    _ dz: consuming Tensor, _ tape: Tape, mask: BatchNorm.ReLUMask, residual: Tensor? = nil, needsInput: Bool = true
  ) -> Tensor? {
    var dz = dz
    let dy = normBackward(&dz, tape, mask: mask, inPlace: true)
    return convolutionBackward(dy, tape, residual: residual, needsInput: needsInput)
  }

  /// The norm's half of `backward`: returns dy, the gradient of the convolution's output.
  public func normBackward(_ dz: inout Tensor, _ tape: Tape, mask: BatchNorm.ReLUMask, inPlace: Bool) -> Tensor {
    tape.norm.backward(
      &dz, y: tape.y, mask: mask, inPlace: inPlace, dWeight: &normWeight.gradient, dBias: &normBias.gradient)
  }

  /// The convolution's half of `backward`.
  public func convolutionBackward(
    _ dy: Tensor, _ tape: Tape, residual: Tensor? = nil, needsInput: Bool = true
  ) -> Tensor? {
    conv2dBackwardWeight(tape.x, dy, geometry, into: &weight.gradient)
    guard needsInput else { return nil }
    let weights = backwardWeights.value(for: [weight.version], dy.precision) { precision in
      BackwardWeights(weight.value, geometry, precision)
    }
    return conv2dBackwardData(dy, weights, inputShape: tape.x.tensor.shape, residual: residual)
  }

  /// Frees the weights that training packed, so that each pass packs them anew: for large layers used once per pass.
  public func releasePackedWeights() {
    forwardWeights.release()
    backwardWeights.release()
  }

  private func updateRunning(_ statistics: BatchStatistics) {
    func move(_ buffer: Buffer, towards target: [Double]) {
      buffer.value.withUnsafeMutableBufferPointer { values in
        for c in values.indices {
          values[c] = Float(Double(values[c]) * (1 - BatchNorm.momentum) + target[c] * BatchNorm.momentum)
        }
      }
    }
    move(runningMean, towards: statistics.mean)
    move(runningVariance, towards: statistics.unbiasedVariance)
  }

  // MARK: Evaluation

  /// Returns relu(norm(conv(x)) + residual), with the running statistics folded into the weights.
  public func evaluate(_ x: Tensor, residual: Tensor? = nil, relu: Bool) -> Tensor {
    releasePackedWeights()
    let versions = [weight.version, normWeight.version, normBias.version, runningMean.version, runningVariance.version]
    let folded = foldedWeights.value(for: versions, x.precision, fold)
    return conv2d(Features(x), folded.weights, bias: folded.bias, residual: residual, relu: relu)
  }

  private func fold(_ precision: Precision) -> (weights: ForwardWeights, bias: Tensor) {
    let norm = BatchNorm(
      weight: normWeight.value, bias: normBias.value, mean: runningMean.value.elements.map(Double.init),
      variance: runningVariance.value.elements.map(Double.init), relu: false)
    var scaled = weight.value
    scaled.withUnsafeMutableBufferPointer { values in
      norm.prologue.scale.withUnsafeBufferPointer { scale in
        for position in values.indices { values[position] *= scale[position % scale.count] }
      }
    }
    return (ForwardWeights(scaled, geometry, precision), norm.prologue.shift)
  }
}

/// A value computed from parameters for one precision, kept until one of these changes.
struct Cached<Value> {
  private var kept: (versions: [Int], precision: Precision, value: Value)?

  mutating func value(
    for versions: [Int], _ precision: Precision, _ compute: (Precision) -> Value
  ) -> Value {
    if let kept, kept.versions == versions, kept.precision == precision { return kept.value }
    kept = nil
    let value = compute(precision)
    kept = (versions, precision, value)
    return value
  }

  mutating func release() { kept = nil }
}
