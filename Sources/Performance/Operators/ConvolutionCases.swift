import Models
import Operators
import Tensors

extension OperatorCase {
  /// The three passes of each convolution of ResNet-50 at 448 x 448 and of S3N's 3x3 buffer, by each algorithm that
  /// applies.
  static func convolutions(images: Int) -> [OperatorCase] {
    let network = ResNetWork(.resnet50, images: images, height: 448, width: 448)
    let buffer = Conv2DGeometry(inputChannels: 2048, outputChannels: 2048, kernel: 3, stride: 2, padding: 1)
    var shapes: [ConvolutionShape] = []
    for shape in network.convolutions + [ConvolutionShape(buffer, input: network.features)]
    where !shapes.contains(shape) { shapes.append(shape) }
    return shapes.flatMap { shape in
      Conv2DAlgorithm.allCases.filter { $0.applies(to: shape.geometry) }.flatMap { algorithm in
        [
          forward(shape, by: algorithm), backwardData(shape, by: algorithm), backwardWeight(shape, by: algorithm),
        ]
      }
    }
  }

  /// Sums of many products in another order, or through Winograd's transforms: what they may be off by.
  private static let allowed = 5e-5

  private static func name(_ pass: String, _ shape: ConvolutionShape, _ algorithm: Conv2DAlgorithm) -> String {
    let g = shape.geometry
    return
      "conv2d \(pass), \(algorithm.rawValue), \(g.kernel)x\(g.kernel)\(g.stride > 1 ? " stride \(g.stride)" : ""), "
      + "\(g.inputChannels) to \(g.outputChannels) channels, \(shape.input[1])x\(shape.input[2])"
  }

  static func forward(_ shape: ConvolutionShape, by algorithm: Conv2DAlgorithm) -> OperatorCase {
    let name = name("forward", shape, algorithm)
    return OperatorCase(name: name, work: shape.forward) {
      let (x, weight) = (Features(shape.randomInput), shape.randomWeight)
      let packed = ForwardWeights(weight, shape.geometry, by: algorithm)
      return PreparedOperator(run: { _ = conv2dWithStatistics(x, packed) }) { () throws(PerformanceError) in
        let x = shape.one.randomInput
        let y = conv2dWithStatistics(Features(x), packed).y
        try require(y, Conv2DReference.forward(x, weight, shape.geometry), allowed: allowed, "y", of: name)
      }
    }
  }

  static func backwardData(_ shape: ConvolutionShape, by algorithm: Conv2DAlgorithm) -> OperatorCase {
    let name = name("backward data", shape, algorithm)
    return OperatorCase(name: name, work: shape.backwardData) {
      let (dy, weight) = (shape.randomGradient, shape.randomWeight)
      let packed = BackwardWeights(weight, shape.geometry, by: algorithm)
      return PreparedOperator(run: { _ = conv2dBackwardData(dy, packed, inputShape: shape.input) }) {
        () throws(PerformanceError) in
        let (one, dy) = (shape.one, shape.one.randomGradient)
        let expected = Conv2DReference.backward(one.randomInput, weight, dy, one.geometry).dx
        let dx = conv2dBackwardData(dy, packed, inputShape: one.input)
        try require(dx, expected, allowed: allowed, "dx", of: name)
      }
    }
  }

  static func backwardWeight(_ shape: ConvolutionShape, by algorithm: Conv2DAlgorithm) -> OperatorCase {
    let name = name("backward weight", shape, algorithm)
    return OperatorCase(name: name, work: shape.backwardWeight) {
      let (x, dy) = (Features(shape.randomInput), shape.randomGradient)
      var dw = Tensor.zeros(shape.geometry.weightShape)
      return PreparedOperator(run: { conv2dBackwardWeight(x, dy, shape.geometry, by: algorithm, into: &dw) }) {
        () throws(PerformanceError) in
        let (one, x, dy) = (shape.one, shape.one.randomInput, shape.one.randomGradient)
        let expected = Conv2DReference.backward(x, one.randomWeight, dy, one.geometry).dw
        var dw = Tensor.zeros(one.geometry.weightShape)
        conv2dBackwardWeight(Features(x), dy, one.geometry, by: algorithm, into: &dw)
        try require(dw, expected, allowed: allowed, "dw", of: name)
      }
    }
  }
}

extension ConvolutionShape {
  fileprivate var one: ConvolutionShape { ConvolutionShape(geometry, input: [1] + input.dropFirst()) }
  fileprivate var randomInput: Tensor { randomTensor(input, purpose: "x") }
  fileprivate var randomWeight: Tensor { randomTensor(geometry.weightShape, purpose: "weight") }
  fileprivate var randomGradient: Tensor { randomTensor(output, purpose: "dy") }
}
