import CKernels
import Tensors

/// Mean and biased variance per channel over all pixels of a batch.
public struct BatchStatistics: Sendable {
  public let mean: [Double]
  public let variance: [Double]
  /// Pixels that the statistics are of.
  public let rows: Int

  /// The statistics of y (N, H, W, C) in a pass of their own; a convolution gives the same with its output.
  public init(of y: Tensor) {
    let channels = y.shape[3]
    let rows = y.count / channels
    var blocks = Tensor(uninitialized: [s3n_norm_blocks(rows), s3n_statistics_distance(channels)])
    s3n_norm_statistics(y.read, rows, channels, blocks.write())
    keepAlive(y)
    self.init(blocks: blocks)
  }

  /// Joins the means and squared deviations of blocks of rows, in order (Chan, Golub and LeVeque 1983).
  init(blocks: Tensor) {
    let distance = blocks.shape[1]
    let channels = (distance - 1) / 2
    let counts = blocks.withUnsafeBufferPointer { values in
      stride(from: 2 * channels, to: values.count, by: distance).map { Double(values[$0]) }
    }
    let rows = counts.reduce(0, +)
    let moments = channelSums(2, channels: channels) { range, sums in
      blocks.withUnsafeBufferPointer { values in
        let (mean, squares) = (sums, sums + channels)
        var before = 0.0
        for (block, count) in counts.enumerated() {
          let at = block * distance
          let share = count / (before + count)
          for c in range {
            let difference = Double(values[at + c]) - mean[c]
            mean[c] += difference * share
            squares[c] += Double(values[at + channels + c]) + difference * difference * before * share
          }
          before += count
        }
      }
    }
    mean = moments[0]
    variance = moments[1].map { rows > 0 ? $0 / rows : 0 }
    self.rows = Int(rows)
  }

  /// The unbiased variance, which running statistics take up.
  public var unbiasedVariance: [Double] { variance.map { rows > 1 ? $0 * Double(rows) / Double(rows - 1) : $0 } }
}

/// Batch normalisation (Ioffe and Szegedy 2015) as PyTorch's BatchNorm2d, spread over its neighbours: the convolution
/// before it gathers the statistics, and whoever reads its output applies `prologue`.
public struct BatchNorm: Sendable {
  public static let epsilon = 1e-5
  /// The new value's share in a running statistic.
  public static let momentum = 0.1

  let mean: Tensor
  let inverseDeviation: [Double]
  let weight: [Double]
  /// What to read the normalised features with.
  public let prologue: Features.Prologue

  /// With weight and bias per channel, by the statistics of this batch or running ones.
  public init(weight: Tensor, bias: Tensor, mean: [Double], variance: [Double], relu: Bool) {
    let inverse = variance.map { 1 / ($0 + Self.epsilon).squareRoot() }
    inverseDeviation = inverse
    self.weight = weight.elements.map(Double.init)
    let scale = zip(self.weight, inverse).map { $0 * $1 }
    let shift = zip(bias.elements, zip(mean, scale)).map { Double($0) - $1.0 * $1.1 }
    self.mean = Tensor(mean.map(Float.init), shape: [mean.count])
    prologue = Features.Prologue(
      scale: Tensor(scale.map(Float.init), shape: [scale.count]),
      shift: Tensor(shift.map(Float.init), shape: [shift.count]), relu: relu)
  }

  /// Where the ReLU behind the norm let values through.
  public enum ReLUMask {
    /// There is no ReLU.
    case open
    /// Where the norm's own output is positive; it is computed again from y.
    case recomputed
    /// Where this tensor is positive: the output of the joint at the end of a block.
    case output(Tensor)
  }

  /// Turns dz, the gradient behind the mask, into the gradients to y, weight and bias (with batch statistics).
  ///
  /// With `.output`, dz comes back as the gated gradient, which the block's shortcut needs. With `inPlace`, dz's memory
  /// becomes dy's.
  public func backward(
    _ dz: inout Tensor, y: Tensor, mask: ReLUMask, inPlace: Bool
  ) -> (dy: Tensor, dWeight: Tensor, dBias: Tensor) {
    let channels = mean.count
    let rows = y.count / channels
    var output: Tensor?
    precondition(dz.precision == y.precision, "dz is \(dz.precision), y \(y.precision)")
    var job = s3n_norm_backward()
    job.precision = y.precision.kernelValue
    job.channels = channels
    switch mask {
    case .open: job.mask = s3n_mask_open
    case .recomputed: job.mask = s3n_mask_recompute
    case .output(let z):
      job.mask = s3n_mask_output
      output = z
      job.output = z.address
    }
    job.dz = dz.writeAddress()
    job.y = y.address
    job.scale = prologue.scale.read
    job.shift = prologue.shift.read
    job.mean = mean.read
    var blocks = Tensor(uninitialized: [s3n_norm_blocks(rows), 2, channels])
    s3n_norm_backward_sums(&job, rows, blocks.write())

    let (ofG, ofGY) = Self.sum(blocks)
    // dy = weight / deviation * (g - mean(g) - xhat * mean(g * xhat)), written as a linear form in g and y.
    let gFactor = zip(weight, inverseDeviation).map { $0 * $1 }
    let yFactor = (0..<channels).map { c in
      -gFactor[c] * inverseDeviation[c] * inverseDeviation[c] * ofGY[c] / Double(rows)
    }
    let constant = (0..<channels).map { c in -gFactor[c] * ofG[c] / Double(rows) - yFactor[c] * Double(mean[c]) }
    let coefficients = [gFactor, yFactor, constant].map { Tensor($0.map(Float.init), shape: [channels]) }
    job.of_g = coefficients[0].read
    job.of_y = coefficients[1].read
    job.constant = coefficients[2].read
    var dy = dz
    if inPlace {
      dz = Tensor(uninitialized: [0])
    } else {
      dy = Tensor(uninitialized: y.shape, y.precision)
    }
    job.dy = dy.writeAddress()
    s3n_norm_backward_apply(&job, rows)
    keepAlive(
      dz, y, output, mean, prologue.scale, prologue.shift, coefficients[0], coefficients[1], coefficients[2], dy)
    let dWeight = zip(ofGY, inverseDeviation).map { Float($0 * $1) }
    return (dy, Tensor(dWeight, shape: [channels]), Tensor(ofG.map(Float.init), shape: [channels]))
  }

  private static func sum(_ blocks: Tensor) -> ([Double], [Double]) {
    let channels = blocks.shape[2]
    let sums = channelSums(2, channels: channels) { range, sums in
      blocks.withUnsafeBufferPointer { values in
        for row in 0..<2 * blocks.shape[0] {
          let into = sums + row % 2 * channels
          for c in range { into[c] += Double(values[row * channels + c]) }
        }
      }
    }
    return (sums[0], sums[1])
  }
}

/// `count` rows of sums by channel, which `body` adds up from zero for some channels at a time: each in its own order of terms.
private func channelSums(
  _ count: Int, channels: Int, _ body: (Range<Int>, UnsafeMutablePointer<Double>) -> Void
) -> [[Double]] {
  // Few where threads are many: no sum depends on it.
  let channelsAtOnce = min(16, max(4, channels / Threads.count))
  var sums = [Double](repeating: 0, count: count * channels)
  sums.withUnsafeMutableBufferPointer { sums in
    guard let base = sums.baseAddress else { return }
    parallelFor((channels + channelsAtOnce - 1) / channelsAtOnce) { part in
      body(part * channelsAtOnce..<min(channels, (part + 1) * channelsAtOnce), base)
    }
  }
  return (0..<count).map { Array(sums[$0 * channels..<($0 + 1) * channels]) }
}
