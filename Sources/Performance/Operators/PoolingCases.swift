import Operators
import Tensors

extension OperatorCase {
  /// ResNet's max pooling at 448 x 448 and the average pooling of its last features.
  static func poolings(images: Int) -> [OperatorCase] {
    [maxPool([images, 224, 224, 64], backward: false), maxPool([images, 224, 224, 64], backward: true)]
      + [averagePool([images, 14, 14, 2048])]
  }

  static func maxPool(_ shape: [Int], backward: Bool) -> OperatorCase {
    let name = "max pooling \(backward ? "backward" : "forward"), \(shape[3]) channels, \(shape[1])x\(shape[2])"
    let pool = MaxPool2D(kernel: 3, stride: 2, padding: 1)
    return OperatorCase(name: name, work: Work(floats: shape.reduce(1, *) * 5 / 4)) {
      let x = Features(randomTensor(shape, purpose: "x"))
      let (y, choice) = pool.forward(x)
      let dy = randomTensor(y.shape, purpose: "dy")
      return PreparedOperator(run: { _ = backward ? pool.backward(dy, choice) : pool.forward(x).y }) {
        () throws(PerformanceError) in
        let x = randomTensor([1] + shape.dropFirst(), purpose: "x")
        let (y, choice) = pool.forward(Features(x))
        let dy = randomTensor(y.shape, purpose: "dy")
        let expected = Reference.maxPool(x, dy: dy, kernel: 3, stride: 2, padding: 1)
        try require(y, expected.y, allowed: 0, "y", of: name)
        try require(pool.backward(dy, choice), expected.dx, allowed: 1e-6, "dx", of: name)
      }
    }
  }

  static func averagePool(_ shape: [Int]) -> OperatorCase {
    let name = "global average pooling, \(shape[3]) channels, \(shape[1])x\(shape[2])"
    return OperatorCase(name: name, work: Work(floats: shape.reduce(1, *))) {
      let x = Features(randomTensor(shape, purpose: "x"))
      return PreparedOperator(run: { _ = globalAveragePool(x) }) { () throws(PerformanceError) in
        let (pixels, channels) = (shape[1] * shape[2], shape[3])
        let expected = (0..<shape[0] * channels).map { position in
          let first = position / channels * pixels * channels + position % channels
          return (0..<pixels).reduce(0.0) { $0 + Double(x.tensor[first + $1 * channels]) } / Double(pixels)
        }
        try require(globalAveragePool(x), expected, allowed: 1e-5, "y", of: name)
      }
    }
  }
}
