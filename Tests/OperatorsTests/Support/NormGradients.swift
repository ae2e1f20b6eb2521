import Operators
import Tensors

extension BatchNorm {
  /// Calls `backward` with zero initial gradients of weight and bias.
  func gradients(
    _ dz: inout Tensor, y: Tensor, mask: ReLUMask, inPlace: Bool
  ) -> (dy: Tensor, dWeight: Tensor, dBias: Tensor) {
    var (dWeight, dBias) = (Tensor.zeros([y.shape[3]]), Tensor.zeros([y.shape[3]]))
    let dy = backward(&dz, y: y, mask: mask, inPlace: inPlace, dWeight: &dWeight, dBias: &dBias)
    return (dy, dWeight, dBias)
  }
}
