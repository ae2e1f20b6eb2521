import Operators
import Tensors

/// A pass of a convolution layer.
public enum ConvolutionPass: String, CaseIterable, Sendable {
  case forward
  case backwardData = "backward data"
  case backwardWeight = "backward weight"
}

extension ConvolutionShape {
  /// Returns the work by the definition of a pass.
  func work(of pass: ConvolutionPass) -> Work {
    switch pass {
    case .forward: forward
    case .backwardData: backwardData
    case .backwardWeight: backwardWeight
    }
  }

  /// Returns the work that the engine executes on features of a precision: the products of its algorithm, a
  /// multiply-add being two operations. Winograd's transforms are not counted.
  func executedWork(of pass: ConvolutionPass, _ precision: Precision) -> Work {
    let products = geometry.multiplications(
      by: .best(for: geometry, precision), input: input, toInput: pass == .backwardData)
    return Work(flops: 2 * Double(products), bytes: work(of: pass).stored(as: precision).bytes)
  }

  /// Returns the minimum time in seconds of a pass on the machine; Winograd multiplies floats in every precision.
  func bound(of pass: ConvolutionPass, _ precision: Precision, on roofline: Roofline) -> (seconds: Double, peak: Double)
  {
    let multiplied = Conv2DAlgorithm.best(for: geometry, precision) == .winograd ? .fp32 : precision
    return (
      roofline.bound(executedWork(of: pass, precision), multiplied).seconds, roofline.peakArithmetic(multiplied)
    )
  }
}
