import Foundation
import Tensors

/// What the raw head's class response maps tell about an image: how certain it is, and where it looked.
public struct ClassResponse: Sendable {
  /// The uncertainty H of each image in nats, (N): the entropy of the five largest probabilities, not renormalised.
  public var entropy: Tensor
  /// The map of the deciding class or classes, (N, G, G).
  public var combined: Tensor
  /// `combined` min-max normalised to [0, 1], (N, G, G); zero for a constant map.
  public var response: Tensor

  /// Below this entropy only the most likely class decides.
  public static let sureBelow = 0.2
  /// The number of classes in the entropy and, if uncertain, in the combined map.
  public static let classesKept = 5

  /// Processes the raw classifier's maps (N, h, w, K) as S3N does (section 3.2 of the paper): resizing to side x side,
  /// averaging, softmax, entropy, selection. No gradient flows through it.
  ///
  /// The means of the resized maps are computed as weighted sums over the small ones; only the chosen maps are resized.
  public init(maps: Tensor, side: Int) {
    precondition(maps.shape.count == 4, "expected class response maps (N, h, w, K), found \(maps.shape)")
    let (images, height, width) = (maps.shape[0], maps.shape[1], maps.shape[2])
    let means = Self.meansAfterResize(of: maps, side: side)
    let decisions = parallelMap(images) { Self.decision(on: maps, image: $0, means: means[$0]) }
    entropy = Tensor(count: images) { decisions[$0].entropy }
    let chosen = Tensor(decisions.flatMap(\.map), shape: [images, height, width, 1])
    combined = BilinearResize.forward(chosen, height: side, width: side).reshaped([images, side, side])
    response = minMaxNormalized(combined)
  }

  /// One image's entropy from the means of its maps, and the mean map (h * w) of the class or classes that decide.
  private static func decision(on maps: Tensor, image: Int, means: [Double]) -> (entropy: Float, map: [Float]) {
    let (cells, classes) = (maps.shape[1] * maps.shape[2], maps.shape[3])
    let probabilities = softmax(means)
    let ranked = probabilities.indices.sorted { precedes((probabilities[$0], $0), (probabilities[$1], $1)) }
    let top = Array(ranked.prefix(classesKept))
    let uncertainty = -top.reduce(0.0) {
      $0 + (probabilities[$1] == 0 ? 0 : probabilities[$1] * log(probabilities[$1]))
    }
    let deciding = uncertainty < sureBelow ? Array(top.prefix(1)) : top
    let map = maps.withUnsafeBufferPointer { maps in
      (image * cells..<(image + 1) * cells).map { cell in
        let sum = deciding.reduce(0.0) { $0 + Double(maps[cell * classes + $1]) }
        return Float(sum / Double(deciding.count))
      }
    }
    return (Float(uncertainty), map)
  }

  /// The spatial means (N arrays of K) of the maps after resizing to side x side.
  static func meansAfterResize(of maps: Tensor, side: Int) -> [[Double]] {
    let (images, height, width, classes) = (maps.shape[0], maps.shape[1], maps.shape[2], maps.shape[3])
    let rows = LinearAxis(inputs: height, outputs: side).shares
    let columns = LinearAxis(inputs: width, outputs: side).shares
    return maps.withUnsafeBufferPointer { maps in
      parallelMap(images) { image in
        var means = [Double](repeating: 0, count: classes)
        for row in 0..<height {
          for column in 0..<width {
            let first = ((image * height + row) * width + column) * classes
            let share = rows[row] * columns[column]
            for k in 0..<classes { means[k] += share * Double(maps[first + k]) }
          }
        }
        return means
      }
    }
  }

  /// Orders by descending probability; ties and all-NaN rows keep the order of the classes.
  private static func precedes(_ a: (Double, Int), _ b: (Double, Int)) -> Bool {
    a.0 > b.0 || (!(a.0 < b.0) && a.1 < b.1)
  }
}

/// Each map of (N, G, G) scaled to [0, 1]; constant maps become zero, maps with NaN or infinity all NaN.
func minMaxNormalized(_ maps: Tensor) -> Tensor {
  var result = maps
  let cells = maps.shape[0] == 0 ? 0 : maps.count / maps.shape[0]
  result.withUnsafeMutableBufferPointer { values in
    for image in 0..<maps.shape[0] {
      let map = image * cells..<(image + 1) * cells
      let finite = map.allSatisfy { values[$0].isFinite }
      let low = map.reduce(Float.infinity) { min($0, values[$1]) }
      let high = map.reduce(-Float.infinity) { max($0, values[$1]) }
      for cell in map {
        values[cell] = !finite ? .nan : high > low ? (values[cell] - low) / (high - low) : 0
      }
    }
  }
  return result
}

/// The softmax of one row of logits, in double precision.
func softmax(_ logits: [Double]) -> [Double] {
  let largest = logits.max() ?? 0
  let exponentials = logits.map { exp($0 - largest) }
  let sum = exponentials.reduce(0, +)
  return exponentials.map { $0 / sum }
}
