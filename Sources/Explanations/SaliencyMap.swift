import Models
import Operators
import Records
import Tensors

/// A map of the pixels that decide, as judged by causal curves.
public enum SaliencyMap: String, CaseIterable, Sendable {
  case response
  /// The attention of the discriminative branch.
  case attention = "attention D"
  case gradCAM = "Grad-CAM"
  /// A random value for each pixel, which any map should beat.
  case random

  /// A value for each pixel of an explained image; nil if the model has no such map.
  func values(_ explanation: Explanation) -> [Float]? {
    let side = explanation.image.shape[1]
    func enlarged(_ map: Tensor) -> [Float] {
      let shape = [1, map.shape[1], map.shape[2], 1]
      return BilinearResize.forward(map.reshaped(shape), height: side, width: side).elements
    }
    switch self {
    case .response: return enlarged(explanation.response)
    case .attention: return explanation.views.first { $0.branch == .discriminative }?.attention.map(enlarged)
    case .gradCAM: return enlarged(explanation.gradCAM)
    case .random:
      var generator = SeededGenerator(seed: 0, purpose: "random saliency", explanation.sample.number)
      return (0..<side * side).map { _ in generator.uniform() }
    }
  }
}

extension Explanation {
  /// The points of both causal curves of each map, for the probability that the joint head gives its predicted class,
  /// in steps of as many pixels as the image is wide.
  public func curveRows(_ network: S3N) -> [CurveRow] {
    SaliencyMap.allCases.flatMap { map -> [CurveRow] in
      guard let values = map.values(self) else { return [] }
      return CausalCurve.allCases.flatMap { curve in
        let scores = curve.scores(of: image, by: values, step: image.shape[2]) { states in
          probabilities(network, states)
        }
        let area = CausalCurve.area(under: scores)
        return scores.enumerated().map { step, probability in
          CurveRow(
            image: sample.id, map: map.rawValue, curve: curve.rawValue, area: area,
            share: Double(step) / Double(max(scores.count - 1, 1)), probability: probability)
        }
      }
    }
  }

  private func probabilities(_ network: S3N, _ states: Tensor) -> [Float] {
    guard let logits = network.predict(states, context)[answers[0].head] else {
      preconditionFailure("a model answers with all of its heads")
    }
    let labels = [Int](repeating: predicted, count: states.shape[0])
    let (all, classes) = (CrossEntropy.forward(logits, labels: labels).probabilities, logits.shape[1])
    return labels.indices.map { all[$0 * classes + predicted] }
  }
}

extension PassContext {
  /// The same context for a batch of copies of this image, modified or not.
  func repeating(_ image: Int) -> PassContext {
    var context = self
    let (draws, key, places) = (draws, imageKey(image), places(image))
    context.draws = { draws(image, $1) }
    context.imageKey = { _ in key }
    context.places = { _ in places }
    context.trace = nil
    return context
  }
}
