import Foundation
import Tensors

/// The sparse attention map of a branch: a constant floor plus a Gaussian at each of its peaks.
public enum SparseAttention {
  /// The floor of the released code.
  public static let defaultFloor: Float = 0.09

  /// Returns the attention (N, side, side) of one branch from the Gaussians of each image.
  ///
  /// A Gaussian of height h adds h * exp(-r^2 / (2 s^2)) with s = radius * spread * side cells.
  public static func forward(_ gaussians: [[AttentionGaussian]], radius: Float, floor: Float = defaultFloor, side: Int)
    -> Tensor
  {
    let maps = parallelMap(gaussians.count) { image in
      var map = [Double](repeating: Double(floor), count: side * side)
      for gaussian in gaussians[image] {
        let rows = profile(around: gaussian.row, gaussian, radius, side)
        let columns = profile(around: gaussian.column, gaussian, radius, side)
        for row in 0..<side {
          let height = Double(gaussian.height) * rows[row]
          for column in 0..<side { map[row * side + column] += height * columns[column] }
        }
      }
      return map.map(Float.init)
    }
    return Tensor(maps.flatMap(\.self), shape: [gaussians.count, side, side])
  }

  /// Returns the gradient of the radius from the gradient `dy` (N, side, side) of the attention.
  public static func backward(_ dy: Tensor, gaussians: [[AttentionGaussian]], radius: Float) -> Float {
    precondition(dy.shape.count == 3 && dy.shape[0] == gaussians.count, "\(dy.shape) is not \(gaussians.count) maps")
    let side = dy.shape[1]
    let terms = dy.withUnsafeBufferPointer { dy in
      parallelMap(gaussians.count) { image in
        gaussians[image].map { gaussian in
          let deviation = Double(radius) * Double(gaussian.spread) * Double(side)
          let rows = profile(around: gaussian.row, gaussian, radius, side)
          let columns = profile(around: gaussian.column, gaussian, radius, side)
          var slope = 0.0
          for row in 0..<side {
            let (first, down) = ((image * side + row) * side, Double((row - gaussian.row) * (row - gaussian.row)))
            for column in 0..<side {
              let squared = down + Double((column - gaussian.column) * (column - gaussian.column))
              slope += Double(dy[first + column]) * rows[row] * columns[column] * squared
            }
          }
          // The derivative of exp(-r^2 / (2 s^2)) by the radius is itself times r^2 / s^2 / radius.
          return Double(gaussian.height) * slope / (deviation * deviation * Double(radius))
        }
      }
    }
    return Float(terms.joined().reduce(0, +))
  }

  /// Returns exp(-d^2 / (2 s^2)) along one axis; a Gaussian is the product of two.
  private static func profile(around center: Int, _ gaussian: AttentionGaussian, _ radius: Float, _ side: Int)
    -> [Double]
  {
    let deviation = Double(radius) * Double(gaussian.spread) * Double(side)
    return (0..<side).map { exp(-Double(($0 - center) * ($0 - center)) / (2 * deviation * deviation)) }
  }
}
