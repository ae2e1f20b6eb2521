import Operators
import Tensors

extension OperatorCase {
  /// A classifier's linear layer, and an SGD step on as many parameters as ResNet-50 has.
  static func updates(images: Int) -> [OperatorCase] {
    [linear(images, backward: false), linear(images, backward: true), sgd(25_600_000)]
  }

  static func linear(_ rows: Int, backward: Bool) -> OperatorCase {
    let (inputs, outputs) = (2048, 200)
    let name = "linear \(backward ? "backward" : "forward"), \(inputs) to \(outputs)"
    let forward = ModelWork.linear(rows, inputs, outputs)
    return OperatorCase(name: name, work: backward ? 2 * forward : forward) {
      let (x, weight) = (randomTensor([rows, inputs], purpose: "x"), randomTensor([outputs, inputs], purpose: "w"))
      let (bias, dy) = (randomTensor([outputs], purpose: "bias"), randomTensor([rows, outputs], purpose: "dy"))
      var (dWeight, dBias) = (Tensor.zeros(weight.shape), Tensor.zeros(bias.shape))
      return PreparedOperator(run: {
        _ =
          backward
          ? Linear.backward(dy, x: x, weight: weight, dWeight: &dWeight, dBias: &dBias)
          : Linear.forward(x, weight: weight, bias: bias)
      }) { () throws(PerformanceError) in
        func product(_ rows: Int, _ columns: Int, _ depth: Int, _ term: (Int, Int, Int) -> Double) -> [Double] {
          (0..<rows * columns).map { at in (0..<depth).reduce(0) { $0 + term(at / columns, at % columns, $1) } }
        }
        let (x64, w64, dy64) = (
          x.elements.map(Double.init), weight.elements.map(Double.init), dy.elements.map(Double.init)
        )
        let y = product(rows, outputs, inputs) { x64[$0 * inputs + $2] * w64[$1 * inputs + $2] }
        let withBias = y.enumerated().map { $1 + Double(bias[$0 % outputs]) }
        try require(Linear.forward(x, weight: weight, bias: bias), withBias, allowed: 1e-5, "y", of: name)
        var (dWeight, dBias) = (Tensor.zeros(weight.shape), Tensor.zeros(bias.shape))
        let dx = Linear.backward(dy, x: x, weight: weight, dWeight: &dWeight, dBias: &dBias)
        let expected = product(rows, inputs, outputs) { dy64[$0 * outputs + $2] * w64[$2 * inputs + $1] }
        try require(dx, expected, allowed: 1e-5, "dx", of: name)
        let dw = product(outputs, inputs, rows) { dy64[$2 * outputs + $0] * x64[$2 * inputs + $1] }
        try require(dWeight, dw, allowed: 1e-5, "dWeight", of: name)
      }
    }
  }

  static func sgd(_ count: Int) -> OperatorCase {
    let name = "SGD step, \(count) parameters"
    return OperatorCase(name: name, work: Work(flops: 6 * Double(count), floats: 5 * count)) {
      var (value, velocity) = (randomTensor([count], purpose: "value"), Tensor.zeros([count]))
      let gradient = randomTensor([count], purpose: "gradient")
      func step(_ value: inout Tensor, _ velocity: inout Tensor) {
        let move = SGDMove(&value, gradient: gradient, velocity: &velocity, learningRate: 1e-3)
        sgdStep([move], momentum: 0.9, weightDecay: 1e-4)
        keepAlive(value, gradient, velocity)
      }
      return PreparedOperator(run: { step(&value, &velocity) }) { () throws(PerformanceError) in
        var (found, speed) = (randomTensor([count], purpose: "value"), randomTensor([count], purpose: "velocity"))
        let (before, speedBefore) = (found, speed)
        step(&found, &speed)
        let expected = (0..<count).map { position in
          0.9 * Double(speedBefore[position]) + Double(gradient[position]) + 1e-4 * Double(before[position])
        }
        try require(speed, expected, allowed: 1e-6, "velocity", of: name)
        try require(
          found, expected.enumerated().map { Double(before[$0]) - 1e-3 * $1 }, allowed: 1e-6, "value", of: name)
      }
    }
  }
}
