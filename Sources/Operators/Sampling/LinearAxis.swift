import CKernels

/// Where each output of a bilinear resize lies between two inputs along one axis, with align_corners = true.
///
/// The positions are ratios of whole numbers and rounded once, so that an output on an input takes it exactly.
struct LinearAxis {
  let inputs: Int
  let outputs: Int
  let lower: [Int32]
  let weight: [Float]

  init(inputs: Int, outputs: Int) {
    precondition(inputs > 0 && outputs > 0, "a resize from \(inputs) to \(outputs) has nothing to read or write")
    self.inputs = inputs
    self.outputs = outputs
    let steps = max(outputs - 1, 1)
    let positions = (0..<outputs).map { output in
      let scaled = output * (inputs - 1)
      let whole = min(scaled / steps, max(inputs - 2, 0))
      return (Int32(whole), Float(Double(scaled - whole * steps) / Double(steps)))
    }
    lower = positions.map(\.0)
    weight = positions.map(\.1)
  }

  /// The same for the kernels; valid within `body`.
  func withKernelAxis<R>(_ body: (s3n_axis) -> R) -> R {
    lower.withUnsafeBufferPointer { lower in
      weight.withUnsafeBufferPointer { weight in
        body(s3n_axis(inputs: inputs, outputs: outputs, lower: lower.baseAddress, weight: weight.baseAddress))
      }
    }
  }
}

/// Both axes of a resize, for the kernels.
func withKernelAxes<R>(
  from input: (height: Int, width: Int), to output: (height: Int, width: Int), _ body: (s3n_axis, s3n_axis) -> R
) -> R {
  LinearAxis(inputs: input.height, outputs: output.height).withKernelAxis { rows in
    LinearAxis(inputs: input.width, outputs: output.width).withKernelAxis { columns in body(rows, columns) }
  }
}
