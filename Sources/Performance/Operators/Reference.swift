import Operators
import Tensors

/// Reference definitions in plain loops and double precision: slow but easy to verify.
enum Reference {
  /// The backward pass of batch norm and a following ReLU, with one weight for all channels and bias zero.
  static func batchNormBackward(
    _ dz: Tensor, y: Tensor, weight: Double
  ) -> (dy: [Double], dWeight: [Double], dBias: [Double]) {
    let channels = y.shape[3]
    let rows = y.count / channels
    var dy = [Double](repeating: 0, count: y.count)
    var (dWeight, dBias) = ([Double](repeating: 0, count: channels), [Double](repeating: 0, count: channels))
    for c in 0..<channels {
      let values = (0..<rows).map { Double(y[$0 * channels + c]) }
      let mean = values.reduce(0, +) / Double(rows)
      let variance = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(rows)
      let inverse = 1 / (variance + BatchNorm.epsilon).squareRoot()
      let normalized = values.map { ($0 - mean) * inverse }
      let g = (0..<rows).map { weight * normalized[$0] > 0 ? Double(dz[$0 * channels + c]) : 0 }
      dBias[c] = g.reduce(0, +)
      dWeight[c] = zip(g, normalized).reduce(0) { $0 + $1.0 * $1.1 }
      for row in 0..<rows {
        let mean = (dBias[c] + normalized[row] * dWeight[c]) / Double(rows)
        dy[row * channels + c] = weight * inverse * (g[row] - mean)
      }
    }
    return (dy, dWeight, dBias)
  }

  static func maxPool(
    _ x: Tensor, dy: Tensor, kernel: Int, stride: Int, padding: Int
  ) -> (y: [Double], dx: [Double]) {
    let (height, width, channels) = (x.shape[1], x.shape[2], x.shape[3])
    let (outHeight, outWidth) = (dy.shape[1], dy.shape[2])
    var (y, dx) = ([Double](repeating: 0, count: dy.count), [Double](repeating: 0, count: x.count))
    for position in 0..<dy.count {
      let (pixel, c) = (position / channels, position % channels)
      let (top, left) = (pixel / outWidth % outHeight * stride - padding, pixel % outWidth * stride - padding)
      let image = pixel / outWidth / outHeight
      var best = (value: -Double.infinity, at: 0)
      for row in max(top, 0)..<min(top + kernel, height) {
        for column in max(left, 0)..<min(left + kernel, width) {
          let at = ((image * height + row) * width + column) * channels + c
          if Double(x[at]) > best.value { best = (Double(x[at]), at) }
        }
      }
      y[position] = best.value
      dx[best.at] += Double(dy[position])
    }
    return (y, dx)
  }

  /// Bilinear samples of images (N, H, W, 3), zero outside, align_corners = true.
  static func gridSample(_ image: Tensor, grid: Tensor) -> [Double] {
    let (height, width, points) = (image.shape[1], image.shape[2], grid.shape[1] * grid.shape[2])
    return (0..<grid.count / 2).flatMap { point in
      let x = (Double(grid[2 * point]) + 1) / 2 * Double(width - 1)
      let y = (Double(grid[2 * point + 1]) + 1) / 2 * Double(height - 1)
      let (left, top) = (Int(x.rounded(.down)), Int(y.rounded(.down)))
      return (0..<3).map { channel in
        var sum = 0.0
        for row in [top, top + 1] where (0..<height).contains(row) {
          for column in [left, left + 1] where (0..<width).contains(column) {
            let share = (1 - abs(x - Double(column))) * (1 - abs(y - Double(row)))
            sum += share * Double(image[((point / points * height + row) * width + column) * 3 + channel])
          }
        }
        return sum
      }
    }
  }

  /// Bilinear resizing of square features (N, S, S, C) to side x side, align_corners = true.
  static func resize(_ x: Tensor, side: Int) -> [Double] {
    let (size, channels) = (x.shape[1], x.shape[3])
    let step = Double(size - 1) / Double(side - 1)
    return (0..<x.shape[0] * side * side * channels).map { position in
      let (pixel, c) = (position / channels, position % channels)
      let (image, row, column) = (pixel / side / side, Double(pixel / side % side) * step, Double(pixel % side) * step)
      let (top, left) = (min(Int(row), size - 2), min(Int(column), size - 2))
      var sum = 0.0
      for (r, rowShare) in [(top, 1 - row + Double(top)), (top + 1, row - Double(top))] {
        for (k, columnShare) in [(left, 1 - column + Double(left)), (left + 1, column - Double(left))] {
          sum += rowShare * columnShare * Double(x[((image * size + r) * size + k) * channels + c])
        }
      }
      return sum
    }
  }

  /// The sampling grid (N, G, G, 2) of attention maps, computed by definition on the padded map.
  static func smoothedGrid(_ attention: Tensor, filter: Tensor) -> [Double] {
    let (side, taps) = (attention.shape[1], filter.shape[0])
    let padding = (taps - 1) / 2
    let (maps, weights) = (attention.elements.map(Double.init), filter.elements.map(Double.init))
    func inside(_ position: Int) -> Int { min(max(position, 0), side - 1) }
    return (0..<attention.count).flatMap { cell in
      let (image, row, column) = (cell / side / side, cell / side % side, cell % side)
      var (mass, x, y) = (0.0, 0.0, 0.0)
      for i in 0..<taps {
        for j in 0..<taps {
          let (r, c) = (row + i - padding, column + j - padding)
          let weight = weights[i * taps + j] * maps[(image * side + inside(r)) * side + inside(c)]
          mass += weight
          x += weight * Double(c) / Double(side - 1)
          y += weight * Double(r) / Double(side - 1)
        }
      }
      return [x, y].map { min(max(2 * $0 / mass - 1, -1), 1) }
    }
  }
}
