import Glibc
import Tensors

/// How fast a score falls or rises with the pixels that a saliency map ranks first: the causal metrics of RISE
/// (Petsiuk, Das and Saenko, BMVC 2018).
public enum CausalCurve: String, CaseIterable, Sendable {
  /// Sets pixels to zero, the mean colour: the lower the area under the curve, the better the map.
  case deletion
  /// Inserts pixels of the image into a blurred one: the higher the area, the better.
  case insertion

  /// Blur of the image that insertion starts from: an 11 x 11 Gaussian with standard deviation 5.
  static let blur = (side: 11, deviation: 5.0)
  /// The number of states scored at once.
  private static let batch = 16

  /// The score before the first step and after each step of `step` pixels, the last perhaps of fewer. Pixels of equal
  /// saliency change in row-major order.
  ///
  /// `image` is (1, H, W, 3), normalised; `saliency` holds H x W values; `score` returns N scores for (N, H, W, 3).
  public func scores(
    of image: Tensor, by saliency: [Float], step: Int, score: (Tensor) throws -> [Float]
  ) rethrows -> [Float] {
    let pixels = image.shape[1] * image.shape[2]
    precondition(saliency.count == pixels && step > 0, "a saliency map has a value for each pixel")
    let order = (0..<pixels).sorted { (-saliency[$0], $0) < (-saliency[$1], $1) }
    var state = (self == .deletion ? image : Self.blurred(image)).elements
    let goal = self == .deletion ? [Float](repeating: 0, count: state.count) : image.elements
    var (scores, waiting): ([Float], [Float]) = ([], [])
    func scoreWaiting(atLeast count: Int) throws {
      guard waiting.count >= count * state.count, !waiting.isEmpty else { return }
      let states = waiting.count / state.count
      scores += try score(Tensor(waiting, shape: [states] + image.shape.dropFirst()))
      waiting = []
    }
    waiting += state
    for first in stride(from: 0, to: pixels, by: step) {
      for pixel in order[first..<min(first + step, pixels)] {
        for channel in 3 * pixel..<3 * pixel + 3 { state[channel] = goal[channel] }
      }
      waiting += state
      try scoreWaiting(atLeast: Self.batch)
    }
    try scoreWaiting(atLeast: 1)
    return scores
  }

  /// The area under a curve over the share of pixels, by the trapezoidal rule as in RISE.
  public static func area(under scores: [Float]) -> Double {
    guard let first = scores.first, let last = scores.last, scores.count > 1 else { return Double(scores.first ?? 0) }
    let sum = scores.reduce(0.0) { $0 + Double($1) }
    return (sum - Double(first) / 2 - Double(last) / 2) / Double(scores.count - 1)
  }

  /// The blurred image (1, H, W, 3), with zero padding.
  static func blurred(_ image: Tensor) -> Tensor {
    let half = blur.side / 2
    let weights = (-half...half).map { exp(-Double($0 * $0) / (2 * blur.deviation * blur.deviation)) }
    let sum = weights.reduce(0, +)
    let (height, width) = (image.shape[1], image.shape[2])
    /// Blurs along one axis whose neighbours are `step` values apart.
    func pass(_ values: [Float], step: Int, position: (Int) -> Int, count: Int) -> [Float] {
      values.indices.map { index in
        let place = position(index)
        var total = 0.0
        for offset in max(-half, -place)...min(half, count - 1 - place) {
          total += weights[offset + half] * Double(values[index + offset * step])
        }
        return Float(total / sum)
      }
    }
    let rows = pass(image.elements, step: 3, position: { $0 / 3 % width }, count: width)
    let both = pass(rows, step: 3 * width, position: { $0 / (3 * width) }, count: height)
    return Tensor(both, shape: image.shape)
  }
}
