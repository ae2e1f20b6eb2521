import Operators
import Tensors

extension OperatorCase {
  /// Batch norm backward and the residual join, on the outputs of ResNet-50's stages.
  static func norms(images: Int) -> [OperatorCase] {
    [(112, 64), (112, 256), (56, 512), (28, 1024), (14, 2048)].flatMap { side, channels in
      let shape = [images, side, side, channels]
      return [batchNormBackward(shape), residualJoin(shape)]
    }
  }

  static func batchNormBackward(_ shape: [Int]) -> OperatorCase {
    let name = "batchNorm2d backward, \(shape[3]) channels, \(shape[1])x\(shape[2])"
    return OperatorCase(name: name, work: Work(floats: 5 * shape.reduce(1, *))) {
      let (y, dz) = (centredAway(shape), randomTensor(shape, purpose: "dz"))
      let norm = NormCase(y)
      var gradient = dz
      return PreparedOperator(run: { _ = norm.backward(&gradient, y: y) }) { () throws(PerformanceError) in
        let one = [1] + shape.dropFirst()
        let (y, dz) = (centredAway(one), randomTensor(one, purpose: "dz"))
        var gradient = dz
        let (dy, dWeight, dBias) = NormCase(y).backward(&gradient, y: y)
        let expected = Reference.batchNormBackward(dz, y: y, weight: NormCase.weight)
        try require(dy, expected.dy, allowed: 1e-5, "dy", of: name)
        try require(dWeight, expected.dWeight, allowed: 1e-5, "dWeight", of: name)
        try require(dBias, expected.dBias, allowed: 1e-5, "dBias", of: name)
      }
    }
  }

  static func residualJoin(_ shape: [Int]) -> OperatorCase {
    let name = "residual joint, \(shape[3]) channels, \(shape[1])x\(shape[2])"
    let channels = shape[3]
    return OperatorCase(name: name, work: Work(floats: 3 * shape.reduce(1, *))) {
      let prologue = Features.Prologue(
        scale: randomTensor([channels], purpose: "scale"), shift: randomTensor([channels], purpose: "shift"),
        relu: true)
      let (y, shortcut) = (randomTensor(shape, purpose: "y"), Features(randomTensor(shape, purpose: "shortcut")))
      return PreparedOperator(run: { _ = Operators.residualJoin(y, prologue: prologue, shortcut: shortcut) }) {
        () throws(PerformanceError) in
        let found = Operators.residualJoin(y, prologue: prologue, shortcut: shortcut)
        let expected = y.elements.enumerated().map { position, value in
          let c = position % channels
          return max(
            0,
            Double(value) * Double(prologue.scale[c]) + Double(prologue.shift[c])
              + Double(shortcut.tensor[position]))
        }
        try require(found, expected, allowed: 1e-6, "z", of: name)
      }
    }
  }

  /// Random values kept away from their mean, so that rounding never decides whether the ReLU passes them.
  private static func centredAway(_ shape: [Int]) -> Tensor {
    let draws = randomTensor(shape, purpose: "y")
    return Tensor(draws.elements.map { $0 < 0 ? $0 - 0.5 : $0 + 0.5 }, shape: shape)
  }
}

/// A batch norm with ReLU that uses its input's statistics, with weight one and bias zero.
private struct NormCase {
  static let weight = 1.0
  let norm: BatchNorm

  init(_ y: Tensor) {
    let (channels, statistics) = (y.shape[3], BatchStatistics(of: y))
    norm = BatchNorm(
      weight: Tensor(repeating: Float(Self.weight), shape: [channels]), bias: .zeros([channels]),
      mean: statistics.mean, variance: statistics.variance, relu: true)
  }

  func backward(_ dz: inout Tensor, y: Tensor) -> (dy: Tensor, dWeight: Tensor, dBias: Tensor) {
    var (dWeight, dBias) = (Tensor.zeros([y.shape[3]]), Tensor.zeros([y.shape[3]]))
    let dy = norm.backward(&dz, y: y, mask: .recomputed, inPlace: false, dWeight: &dWeight, dBias: &dBias)
    return (dy, dWeight, dBias)
  }
}
