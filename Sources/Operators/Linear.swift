import COpenBLAS
import Tensors

/// The products of a fully connected layer: x (N, in), weight (out, in) as in PyTorch, bias (out).
public enum Linear {
  /// Returns y = x weight^T + bias: (N, out).
  public static func forward(_ x: Tensor, weight: Tensor, bias: Tensor) -> Tensor {
    let (rows, inputs, outputs) = (x.shape[0], weight.shape[1], weight.shape[0])
    x.requireLayout([rows, inputs], .fp32, "x")
    bias.requireLayout([outputs], .fp32, "the bias")
    var y = repeated(bias, rows: rows)
    guard rows * inputs * outputs < largest else { return convolution(x, weight: weight, bias: y) }
    product(.plain, .transposed, rows, outputs, inputs, x, weight, into: &y)
    return y
  }

  /// Returns dx and adds the gradients to weight and bias.
  public static func backward(
    _ dy: Tensor, x: Tensor, weight: Tensor, dWeight: inout Tensor, dBias: inout Tensor
  ) -> Tensor {
    let (rows, inputs, outputs) = (x.shape[0], weight.shape[1], weight.shape[0])
    x.requireLayout([rows, inputs], .fp32, "x")
    dy.requireLayout([rows, outputs], .fp32, "dy")
    dWeight.requireLayout(weight.shape, .fp32, "dWeight")
    dBias.requireLayout([outputs], .fp32, "dBias")
    product(.transposed, .plain, outputs, inputs, rows, dy, x, into: &dWeight)
    let (sums, gradients) = (dBias.write(), dy.read)
    for row in 0..<rows {
      for o in 0..<outputs { sums[o] += gradients[row * outputs + o] }
    }
    keepAlive(dBias, dy)
    var dx = Tensor.zeros([rows, inputs])
    product(.plain, .plain, rows, inputs, outputs, dy, weight, into: &dx)
    return dx
  }

  /// Products of at least this many multiplications, as of response maps at 448 pixels, run on all threads as a 1x1
  /// convolution; OpenBLAS uses one.
  private static let largest = 1 << 27

  /// Returns x weight^T + bias (N, out) as backward to the data of a 1x1 convolution from `out` to `in` channels.
  private static func convolution(_ x: Tensor, weight: Tensor, bias: Tensor) -> Tensor {
    let (rows, inputs, outputs) = (x.shape[0], weight.shape[1], weight.shape[0])
    let geometry = Conv2DGeometry(inputChannels: outputs, outputChannels: inputs, kernel: 1)
    let weights = BackwardWeights(weight.reshaped(geometry.weightShape), geometry)
    let y = conv2dBackwardData(
      x.reshaped([1, rows, 1, inputs]), weights, inputShape: [1, rows, 1, outputs],
      residual: bias.reshaped([1, rows, 1, outputs]))
    return y.reshaped([rows, outputs])
  }

  /// Returns `rows` copies of the bias: (rows, out).
  private static func repeated(_ bias: Tensor, rows: Int) -> Tensor {
    let outputs = bias.count
    var copies = Tensor(uninitialized: [rows, outputs])
    let (from, to) = (bias.read, copies.write())
    let rowsAtOnce = max(1, (1 << 15) / max(1, outputs))
    parallelFor((rows + rowsAtOnce - 1) / rowsAtOnce) { part in
      for row in part * rowsAtOnce..<min(rows, (part + 1) * rowsAtOnce) {
        (to + row * outputs).update(from: from, count: outputs)
      }
    }
    keepAlive(bias, copies)
    return copies
  }

  private enum Form { case plain, transposed }

  /// c (m, n) += form(a) (m, k) * form(b) (k, n).
  private static func product(
    _ aForm: Form, _ bForm: Form, _ m: Int, _ n: Int, _ k: Int, _ a: Tensor, _ b: Tensor, into c: inout Tensor
  ) {
    guard m > 0, n > 0, k > 0 else { return }
    s3n_sgemm(
      aForm == .plain ? 0 : 1, bForm == .plain ? 0 : 1, Int32(m), Int32(n), Int32(k), a.read, b.read, c.write())
    keepAlive(a, b)
  }
}
