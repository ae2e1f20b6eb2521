import Foundation
import Tensors

/// The mean cross entropy of logits (N, K) against labels, with optional label smoothing.
///
/// The label gets `keep` of the target; the other K - 1 classes share the rest equally.
public struct CrossEntropy: Sendable {
  /// The batch's loss; NaN if any logit is NaN.
  public let loss: Float
  /// The softmax of the logits, (N, K).
  public let probabilities: Tensor
  private let labels: [Int]
  private let keep: Float

  /// The label's share in the released code where it smooths labels.
  public static let smoothedKeep: Float = 0.85

  public static func forward(_ logits: Tensor, labels: [Int], keep: Float = 1) -> CrossEntropy {
    let (images, classes) = rows(of: logits)
    precondition(labels.count == images, "\(images) rows of logits need as many labels, found \(labels.count)")
    precondition(labels.allSatisfy { (0..<classes).contains($0) }, "a label lies outside 0..<\(classes)")
    var sum = 0.0
    var probabilities: [Float] = []
    for (image, label) in labels.enumerated() {
      let row = (0..<classes).map { Double(logits[image * classes + $0]) }
      let largest = row.max() ?? 0
      let logSum = largest + log(row.reduce(0) { $0 + exp($1 - largest) })
      for (k, logit) in row.enumerated() {
        let target = Self.target(k == label, keep, classes)
        if target != 0 { sum -= target * (logit - logSum) }
        probabilities.append(Float(exp(logit - logSum)))
      }
    }
    return CrossEntropy(
      loss: Float(sum / Double(max(images, 1))), probabilities: Tensor(probabilities, shape: [images, classes]),
      labels: labels, keep: keep)
  }

  /// Returns the gradient of the logits (N, K) times `scale`: for batches processed in groups and for weighted losses.
  public func backward(scale: Float = 1) -> Tensor {
    let classes = probabilities.shape[1]
    let factor = Double(scale) / Double(max(labels.count, 1))
    let targetSum = classes > 1 ? 1 : Double(keep)
    let gradient = probabilities.elements.enumerated().map { position, probability in
      let target = Self.target(position % classes == labels[position / classes], keep, classes)
      return Float((Double(probability) * targetSum - target) * factor)
    }
    return Tensor(gradient, shape: probabilities.shape)
  }

  private static func target(_ isLabel: Bool, _ keep: Float, _ classes: Int) -> Double {
    isLabel ? Double(keep) : (1 - Double(keep)) / Double(classes - 1)
  }
}

/// The softmax over the last dimension of logits (N, K).
public func softmax(_ logits: Tensor) -> Tensor {
  let (images, classes) = rows(of: logits)
  let all = logits.elements
  let result = (0..<images).flatMap { image in
    let row: [Double] = all[image * classes..<(image + 1) * classes].map { Double($0) }
    return softmax(row).map { Float($0) }
  }
  return Tensor(result, shape: logits.shape)
}

private func rows(of logits: Tensor) -> (images: Int, classes: Int) {
  precondition(logits.shape.count == 2 && logits.shape[1] > 0, "expected logits (N, K), found \(logits.shape)")
  return (logits.shape[0], logits.shape[1])
}
