import Layers
import Operators
import Tensors

/// A layer's vector-Jacobian product: takes the gradient of the output and returns that of the input.
typealias Pullback = (consuming Tensor) -> Tensor

/// A residual block: a branch of convolutions and a shortcut, added before the last ReLU.
final class ResidualBlock: Module {
  private let branch: [ConvNorm]
  private let downsample: ConvNorm?

  init(_ layers: ResNetConfiguration.BlockLayers, by initial: Initialization) {
    branch = layers.branch.map { ConvNorm($0, by: initial) }
    downsample = layers.downsample.map { ConvNorm($0, by: initial) }
  }

  var parameters: [Parameter] { branch.flatMap(\.parameters) + (downsample?.parameters ?? []) }
  var buffers: [Buffer] { branch.flatMap(\.buffers) + (downsample?.buffers ?? []) }

  func forward(_ x: Tensor, _ running: RunningStatistics) -> (z: Tensor, pullback: Pullback) {
    var features = Features(x)
    var tapes: [ConvNorm.Tape] = []
    for layer in branch {
      let (z, tape) = layer.forward(features, relu: true, running)
      features = z
      tapes.append(tape)
    }
    let shortcut = downsample?.forward(Features(x), relu: false, running)
    guard let prologue = features.prologue else { preconditionFailure("a norm's output is read through the norm") }
    let z = residualJoin(features.tensor, prologue: prologue, shortcut: shortcut?.z ?? Features(x))
    return (z, { [self] dz in backward(dz, z, tapes, shortcut?.tape) })
  }

  /// Unwraps the input gradient: only a network's first convolution may skip it.
  private func wanted(_ gradient: Tensor?) -> Tensor {
    guard let gradient else { preconditionFailure("the gradient to a block's input is always wanted") }
    return gradient
  }

  private func backward(
    _ dz: consuming Tensor, _ z: Tensor, _ tapes: [ConvNorm.Tape], _ shortcutTape: ConvNorm.Tape?
  ) -> Tensor {
    // Below the join's ReLU the gradient goes both ways; `gated` is the shortcut's.
    var gated = dz
    let last = branch.count - 1
    let dy = branch[last].normBackward(&gated, tapes[last], mask: .output(z), inPlace: false)
    let toShortcut: Tensor?
    if let downsample, let shortcutTape {
      toShortcut = downsample.backward(consume gated, shortcutTape, mask: .open)
    } else {
      toShortcut = gated
    }
    var gradient = wanted(branch[last].convolutionBackward(dy, tapes[last]))
    for index in branch.indices.dropLast().reversed() {
      let residual = index == 0 ? toShortcut : nil
      gradient = wanted(branch[index].backward(consume gradient, tapes[index], mask: .recomputed, residual: residual))
    }
    return gradient
  }

  func evaluate(_ x: Tensor) -> Tensor {
    let shortcut = downsample?.evaluate(x, relu: false) ?? x
    var features = x
    for layer in branch.dropLast() { features = layer.evaluate(features, relu: true) }
    return branch[branch.count - 1].evaluate(features, residual: shortcut, relu: true)
  }
}
