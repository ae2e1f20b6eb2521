import CKernels
import Tensors

/// y += x
public func add(_ x: Tensor, to y: inout Tensor) {
  precondition(x.count == y.count, "\(x.shape) cannot be added to \(y.shape)")
  s3n_add(x.read, y.write(), x.count)
  keepAlive(x)
}
