import CKernels

/// The position of each output of a bilinear resize between two inputs along one axis, with align_corners = true.
///
/// Positions are ratios of integers, rounded once, so that an output exactly on an input takes its exact value.
package struct LinearAxis {
  package let inputs: Int
  package let outputs: Int
  package let lower: [Int32]
  package let weight: [Float]
  private let first: [Int32]

  package init(inputs: Int, outputs: Int) {
    precondition(inputs > 0 && outputs > 0, "a resize from \(inputs) to \(outputs) has nothing to read or write")
    self.inputs = inputs
    self.outputs = outputs
    let steps = max(outputs - 1, 1)
    lower = (0..<outputs).map { Int32($0 * (inputs - 1) / steps) }
    weight = (0..<outputs).map { Float(Double($0 * (inputs - 1) % steps) / Double(steps)) }
    var below = [Int32](repeating: 0, count: inputs + 1)
    for input in lower { below[Int(input) + 1] += 1 }
    for input in 1...inputs { below[input] += below[input - 1] }
    first = below
  }

  /// The weight of each input in the mean over all outputs.
  package var shares: [Double] {
    var shares = [Double](repeating: 0, count: inputs + 1)
    for (lower, weight) in zip(lower, weight) {
      shares[Int(lower)] += (1 - Double(weight)) / Double(outputs)
      shares[Int(lower) + 1] += Double(weight) / Double(outputs)
    }
    return Array(shares.prefix(inputs))
  }

  /// Calls `body` with the axis in the kernels' form, valid only during the call.
  func withKernelAxis<R>(_ body: (s3n_axis) -> R) -> R {
    let readable = weight + [Float](repeating: 0, count: 16)
    return lower.withUnsafeBufferPointer { lower in
      first.withUnsafeBufferPointer { first in
        readable.withUnsafeBufferPointer { weight in
          body(
            s3n_axis(
              inputs: inputs, outputs: outputs, lower: lower.baseAddress, first: first.baseAddress,
              weight: weight.baseAddress))
        }
      }
    }
  }
}

/// Calls `body` with both axes of a resize in the kernels' form.
func withKernelAxes<R>(
  from input: (height: Int, width: Int), to output: (height: Int, width: Int), _ body: (s3n_axis, s3n_axis) -> R
) -> R {
  LinearAxis(inputs: input.height, outputs: output.height).withKernelAxis { rows in
    LinearAxis(inputs: input.width, outputs: output.width).withKernelAxis { columns in body(rows, columns) }
  }
}
