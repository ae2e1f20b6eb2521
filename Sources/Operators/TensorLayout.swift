import Tensors

extension Tensor {
  /// Traps unless the tensor has this shape and precision: kernels rely on them for every read and write.
  func requireLayout(_ shape: [Int], _ precision: Precision, _ name: String) {
    precondition(self.shape == shape, "\(name) is \(self.shape) and must be \(shape)")
    precondition(self.precision == precision, "\(name) is \(self.precision) and must be \(precision)")
  }
}
