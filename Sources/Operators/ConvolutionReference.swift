import Tensors

/// The definition of convolution in plain loops and double precision: the reference for the fast kernels.
public enum Conv2DReference {
  public static func forward(_ x: Tensor, _ weight: Tensor, _ g: Conv2DGeometry) -> Tensor {
    let out = g.outputShape(x.shape)
    var y = [Double](repeating: 0, count: out.reduce(1, *))
    visit(x.shape, g) { input, output, tap in
      for c in 0..<g.inputChannels {
        let value = Double(x[input + c])
        for o in 0..<g.outputChannels { y[output + o] += value * Double(weight[tap + c * g.outputChannels + o]) }
      }
    }
    return Tensor(y.map(Float.init), shape: out)
  }

  public static func backward(
    _ x: Tensor, _ weight: Tensor, _ dy: Tensor, _ g: Conv2DGeometry
  ) -> (dx: Tensor, dw: Tensor) {
    var dx = [Double](repeating: 0, count: x.count)
    var dw = [Double](repeating: 0, count: weight.count)
    visit(x.shape, g) { input, output, tap in
      for c in 0..<g.inputChannels {
        for o in 0..<g.outputChannels {
          let gradient = Double(dy[output + o])
          dx[input + c] += gradient * Double(weight[tap + c * g.outputChannels + o])
          dw[tap + c * g.outputChannels + o] += gradient * Double(x[input + c])
        }
      }
    }
    return (Tensor(dx.map(Float.init), shape: x.shape), Tensor(dw.map(Float.init), shape: weight.shape))
  }

  /// Calls `body` with the positions of an input pixel, an output pixel that it contributes to, and their tap.
  private static func visit(_ shape: [Int], _ g: Conv2DGeometry, _ body: (Int, Int, Int) -> Void) {
    let out = g.outputShape(shape)
    for n in 0..<shape[0] {
      for oy in 0..<out[1] {
        for ox in 0..<out[2] {
          for ky in 0..<g.kernel {
            for kx in 0..<g.kernel {
              let (iy, ix) = (oy * g.stride - g.padding + ky, ox * g.stride - g.padding + kx)
              guard (0..<shape[1]).contains(iy), (0..<shape[2]).contains(ix) else { continue }
              body(
                ((n * shape[1] + iy) * shape[2] + ix) * g.inputChannels,
                ((n * out[1] + oy) * out[2] + ox) * g.outputChannels,
                (ky * g.kernel + kx) * g.inputChannels * g.outputChannels)
            }
          }
        }
      }
    }
  }
}
