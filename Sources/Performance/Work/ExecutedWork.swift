import Operators
import Tensors

/// A pass of a convolution layer.
public enum ConvolutionPass: String, CaseIterable, Sendable {
  case forward
  case backwardData = "backward data"
  case backwardWeight = "backward weight"
}

extension ConvolutionShape {
  /// By the definition.
  func work(of pass: ConvolutionPass) -> Work {
    switch pass {
    case .forward: forward
    case .backwardData: backwardData
    case .backwardWeight: backwardWeight
    }
  }

  /// As the engine does it on features of a precision: the operations of the products that its algorithm executes, a
  /// multiply-add being two. What Winograd's transforms add is not counted.
  func executedWork(of pass: ConvolutionPass, _ precision: Precision) -> Work {
    let products = geometry.multiplications(
      by: .best(for: geometry, precision), input: input, toInput: pass == .backwardData)
    return Work(flops: 2 * Double(products), bytes: work(of: pass).stored(as: precision).bytes)
  }

  /// The least seconds that a pass can take on the machine: Winograd multiplies floats in every precision.
  func bound(of pass: ConvolutionPass, _ precision: Precision, on roofline: Roofline) -> (seconds: Double, peak: Double)
  {
    let multiplied = Conv2DAlgorithm.best(for: geometry, precision) == .winograd ? .fp32 : precision
    return (
      roofline.bound(executedWork(of: pass, precision), multiplied).seconds, roofline.peakArithmetic(multiplied)
    )
  }
}
