import Foundation
import Tensors

/// The sparse attention map of a branch: a floor, and a Gaussian bump at each of its peaks.
public enum SparseAttention {
  /// The floor of the released code.
  public static let defaultFloor: Float = 0.09

  /// The attention (N, side, side) of one branch, for the bumps of each image.
  ///
  /// A bump of height h adds h * exp(-r^2 / (2 s^2)) with s = radius * spread * side cells.
  public static func forward(_ bumps: [[Bump]], radius: Float, floor: Float = defaultFloor, side: Int) -> Tensor {
    var attention = [Float]()
    attention.reserveCapacity(bumps.count * side * side)
    for image in bumps {
      var map = [Double](repeating: Double(floor), count: side * side)
      for bump in image {
        let rows = profile(around: bump.row, bump, radius, side)
        let columns = profile(around: bump.column, bump, radius, side)
        for row in 0..<side {
          let height = Double(bump.height) * rows[row]
          for column in 0..<side { map[row * side + column] += height * columns[column] }
        }
      }
      attention += map.map(Float.init)
    }
    return Tensor(attention, shape: [bumps.count, side, side])
  }

  /// The gradient of the radius for the gradient `dy` (N, side, side) of the attention.
  public static func backward(_ dy: Tensor, bumps: [[Bump]], radius: Float) -> Float {
    precondition(dy.shape.count == 3 && dy.shape[0] == bumps.count, "\(dy.shape) is not \(bumps.count) maps")
    let side = dy.shape[1]
    var sum = 0.0
    dy.withUnsafeBufferPointer { dy in
      for (image, bumps) in bumps.enumerated() {
        for bump in bumps {
          let deviation = Double(radius) * Double(bump.spread) * Double(side)
          let rows = profile(around: bump.row, bump, radius, side)
          let columns = profile(around: bump.column, bump, radius, side)
          var slope = 0.0
          for row in 0..<side {
            let (first, down) = ((image * side + row) * side, Double((row - bump.row) * (row - bump.row)))
            for column in 0..<side {
              let squared = down + Double((column - bump.column) * (column - bump.column))
              slope += Double(dy[first + column]) * rows[row] * columns[column] * squared
            }
          }
          // d/d radius of exp(-r^2 / (2 s^2)) is that times r^2 / s^2 / radius.
          sum += Double(bump.height) * slope / (deviation * deviation * Double(radius))
        }
      }
    }
    return Float(sum)
  }

  /// exp(-d^2 / (2 s^2)) along one axis: a bump is the product of two.
  private static func profile(around center: Int, _ bump: Bump, _ radius: Float, _ side: Int) -> [Double] {
    let deviation = Double(radius) * Double(bump.spread) * Double(side)
    return (0..<side).map { exp(-Double(($0 - center) * ($0 - center)) / (2 * deviation * deviation)) }
  }
}
