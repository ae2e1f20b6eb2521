import Tensors

extension Tensor {
  /// Stops the program unless the tensor has this shape and precision: kernels read and write by what they are told.
  func requireLayout(_ shape: [Int], _ precision: Precision, _ name: String) {
    precondition(self.shape == shape, "\(name) is \(self.shape) and must be \(shape)")
    precondition(self.precision == precision, "\(name) is \(self.precision) and must be \(precision)")
  }
}
