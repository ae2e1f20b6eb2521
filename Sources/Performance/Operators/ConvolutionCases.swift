import Models
import Operators
import Tensors

extension OperatorCase {
  /// All three passes of each convolution of ResNet-50 at 448 x 448 and of S3N's 3x3 buffer, with every applicable
  /// algorithm.
  static func convolutions(images: Int) -> [OperatorCase] {
    let network = ResNetWork(.resnet50, images: images, height: 448, width: 448)
    let buffer = Conv2DGeometry(inputChannels: 2048, outputChannels: 2048, kernel: 3, stride: 2, padding: 1)
    var shapes: [ConvolutionShape] = []
    for shape in network.convolutions + [ConvolutionShape(buffer, input: network.features)]
    where !shapes.contains(shape) { shapes.append(shape) }
    return shapes.flatMap { shape in
      Conv2DAlgorithm.allCases.filter { $0.applies(to: shape.geometry) }.flatMap { algorithm in
        ConvolutionPass.allCases.map { convolution(shape, $0, by: algorithm) }
      }
    }
  }

  /// The error allowed for sums of many products in another order or through Winograd's transforms; for bf16, also for
  /// bf16 inputs and a rounded result.
  private static func allowed(_ precision: Precision) -> Double { precision == .fp32 ? 5e-5 : 8e-3 }

  /// One pass of a layer on random values of a precision.
  static func convolution(
    _ shape: ConvolutionShape, _ pass: ConvolutionPass, by algorithm: Conv2DAlgorithm, _ precision: Precision = .fp32
  ) -> OperatorCase {
    let words = [
      "conv2d \(pass.rawValue)", algorithm.rawValue, precision == .fp32 ? "" : precision.rawValue,
      shape.title,
    ]
    let name = words.filter { !$0.isEmpty }.joined(separator: ", ")
    return OperatorCase(name: name, work: shape.work(of: pass).stored(as: precision)) {
      switch pass {
      case .forward: forward(shape, by: algorithm, precision, name)
      case .backwardData: backwardData(shape, by: algorithm, precision, name)
      case .backwardWeight: backwardWeight(shape, by: algorithm, precision, name)
      }
    }
  }

  private static func forward(
    _ shape: ConvolutionShape, by algorithm: Conv2DAlgorithm, _ precision: Precision, _ name: String
  ) -> PreparedOperator {
    let (x, weight) = (Features(shape.randomInput(precision)), shape.randomWeight(precision))
    let packed = ForwardWeights(weight, shape.geometry, precision, by: algorithm)
    return PreparedOperator(run: { _ = conv2dWithStatistics(x, packed) }) { () throws(PerformanceError) in
      let x = shape.one.randomInput(precision)
      let y = conv2dWithStatistics(Features(x), packed).y.converted(to: .fp32)
      let expected = Conv2DReference.forward(x.converted(to: .fp32), weight, shape.geometry)
      try require(y, expected, allowed: allowed(precision), "y", of: name)
    }
  }

  private static func backwardData(
    _ shape: ConvolutionShape, by algorithm: Conv2DAlgorithm, _ precision: Precision, _ name: String
  ) -> PreparedOperator {
    let (dy, weight) = (shape.randomGradient(precision), shape.randomWeight(precision))
    let packed = BackwardWeights(weight, shape.geometry, precision, by: algorithm)
    return PreparedOperator(run: { _ = conv2dBackwardData(dy, packed, inputShape: shape.input) }) {
      () throws(PerformanceError) in
      let (one, dy) = (shape.one, shape.one.randomGradient(precision))
      let expected = Conv2DReference.backward(
        one.randomInput(.fp32), weight, dy.converted(to: .fp32), one.geometry
      ).dx
      let dx = conv2dBackwardData(dy, packed, inputShape: one.input).converted(to: .fp32)
      try require(dx, expected, allowed: allowed(precision), "dx", of: name)
    }
  }

  private static func backwardWeight(
    _ shape: ConvolutionShape, by algorithm: Conv2DAlgorithm, _ precision: Precision, _ name: String
  ) -> PreparedOperator {
    let (x, dy) = (Features(shape.randomInput(precision)), shape.randomGradient(precision))
    var dw = Tensor.zeros(shape.geometry.weightShape)
    return PreparedOperator(run: { conv2dBackwardWeight(x, dy, shape.geometry, by: algorithm, into: &dw) }) {
      () throws(PerformanceError) in
      let one = shape.one
      let (x, dy) = (one.randomInput(precision), one.randomGradient(precision))
      let expected = Conv2DReference.backward(
        x.converted(to: .fp32), one.randomWeight(.fp32), dy.converted(to: .fp32), one.geometry
      ).dw
      var dw = Tensor.zeros(one.geometry.weightShape)
      conv2dBackwardWeight(Features(x), dy, one.geometry, by: algorithm, into: &dw)
      try require(dw, expected, allowed: allowed(precision), "dw", of: name)
    }
  }
}

extension ConvolutionShape {
  fileprivate var one: ConvolutionShape { ConvolutionShape(geometry, input: [1] + input.dropFirst()) }
  fileprivate func randomInput(_ precision: Precision) -> Tensor {
    randomTensor(input, purpose: "x").converted(to: precision)
  }
  /// Returns float32 weights that were rounded to the precision.
  fileprivate func randomWeight(_ precision: Precision) -> Tensor {
    randomTensor(geometry.weightShape, purpose: "weight").converted(to: precision).converted(to: .fp32)
  }
  fileprivate func randomGradient(_ precision: Precision) -> Tensor {
    randomTensor(output, purpose: "dy").converted(to: precision)
  }
}
