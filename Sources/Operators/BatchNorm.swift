import CKernels
import Tensors

/// Mean and biased variance per channel over all pixels of a batch.
public struct BatchStatistics: Sendable {
  public let mean: [Double]
  public let variance: [Double]
  /// The number of pixels that the statistics cover.
  public let rows: Int

  /// Computes the statistics of y (N, H, W, C) in a separate pass; a convolution returns the same with its output.
  public init(of y: Tensor) {
    let channels = y.shape[3]
    let rows = y.count / channels
    var blocks = Tensor(uninitialized: [s3n_norm_blocks(rows), s3n_statistics_distance(channels)])
    s3n_norm_statistics(y.read, rows, channels, blocks.write())
    keepAlive(y)
    self.init(blocks: blocks, rows: rows)
  }

  /// Merges means and squared deviations of blocks of `rows` rows in total, in order (Chan, Golub and LeVeque 1983).
  init(blocks: Tensor, rows: Int) {
    let distance = blocks.shape[1]
    let channels = (distance - 1) / 2
    var (mean, variance) = ([Double](repeating: 0, count: channels), [Double](repeating: 0, count: channels))
    mean.withUnsafeMutableBufferPointer { mean in
      variance.withUnsafeMutableBufferPointer { variance in
        forChannels(channels) { range in
          blocks.withUnsafeBufferPointer { values in
            var before = 0.0
            for at in stride(from: 0, to: values.count, by: distance) {
              let count = Double(values[at + 2 * channels])
              let share = count / (before + count)
              for c in range {
                let difference = Double(values[at + c]) - mean[c]
                mean[c] += difference * share
                variance[c] += Double(values[at + channels + c]) + difference * difference * before * share
              }
              before += count
            }
          }
          for c in range { variance[c] = rows > 0 ? variance[c] / Double(rows) : 0 }
        }
      }
    }
    (self.mean, self.variance, self.rows) = (mean, variance, rows)
  }

  /// The unbiased variance, which updates running statistics.
  public var unbiasedVariance: [Double] { variance.map { rows > 1 ? $0 * Double(rows) / Double(rows - 1) : $0 } }
}

/// Batch normalisation (Ioffe and Szegedy 2015) as PyTorch's BatchNorm2d, fused into its neighbours: the convolution
/// before it computes the statistics, and readers of its output apply `prologue`.
public struct BatchNorm: Sendable {
  public static let epsilon = 1e-5
  /// The new value's weight in a running statistic.
  public static let momentum = 0.1

  let mean: Tensor
  let inverseDeviation: [Double]
  let weight: Tensor
  /// The prologue that reads y as normalised features.
  public let prologue: Features.Prologue

  /// Creates the norm from per-channel weight and bias, and batch or running statistics.
  public init(weight: Tensor, bias: Tensor, mean: [Double], variance: [Double], relu: Bool) {
    let channels = [mean.count]
    var (means, scale) = (Tensor(uninitialized: channels), Tensor(uninitialized: channels))
    var shift = Tensor(uninitialized: channels)
    // One pass over plain pointers: with many threads, what one of them does between regions counts.
    let (meansOut, scaleOut, shiftOut) = (means.write(), scale.write(), shift.write())
    let (weights, biases) = (weight.read, bias.read)
    inverseDeviation = [Double](unsafeUninitializedCapacity: mean.count) { inverse, count in
      mean.withUnsafeBufferPointer { mean in
        variance.withUnsafeBufferPointer { variance in
          for c in mean.indices {
            inverse[c] = 1 / (variance[c] + Self.epsilon).squareRoot()
            let gain = Double(weights[c]) * inverse[c]
            meansOut[c] = Float(mean[c])
            scaleOut[c] = Float(gain)
            shiftOut[c] = Float(Double(biases[c]) - mean[c] * gain)
          }
        }
      }
      count = mean.count
    }
    keepAlive(weight, bias, means, scale, shift)
    prologue = Features.Prologue(scale: scale, shift: shift, relu: relu)
    (self.mean, self.weight) = (means, weight)
  }

  /// Where the ReLU after the norm let values through.
  public enum ReLUMask {
    /// There is no ReLU.
    case open
    /// Where the norm's output is positive; it is recomputed from y.
    case recomputed
    /// Where this tensor, the output of the residual join, is positive.
    case output(Tensor)
  }

  /// Turns dz, the gradient after the ReLU, into dy, and adds the gradients to weight and bias (with batch statistics).
  ///
  /// With `.output`, dz becomes the masked gradient, which the block's shortcut needs. With `inPlace`, dz's memory
  /// becomes dy's, and dz is left empty.
  public func backward(
    _ dz: inout Tensor, y: Tensor, mask: ReLUMask, inPlace: Bool, dWeight: inout Tensor, dBias: inout Tensor
  ) -> Tensor {
    let channels = mean.count
    let rows = y.count / channels
    var output: Tensor?
    dz.requireLayout(y.shape, y.precision, "dz")
    var job = s3n_norm_backward()
    job.precision = y.precision.kernelValue
    job.channels = channels
    switch mask {
    case .open: job.mask = s3n_mask_open
    case .recomputed: job.mask = s3n_mask_recompute
    case .output(let z):
      z.requireLayout(y.shape, y.precision, "the output")
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

    let coefficients = join(blocks, rows: rows, dWeight: &dWeight, dBias: &dBias)
    job.of_g = coefficients.read
    job.of_y = coefficients.read + channels
    job.constant = coefficients.read + 2 * channels
    var dy = dz
    if inPlace {
      dz = Tensor(uninitialized: [0])
    } else {
      dy = Tensor(uninitialized: y.shape, y.precision)
    }
    job.dy = dy.writeAddress()
    s3n_norm_backward_apply(&job, rows)
    keepAlive(dz, y, output, mean, prologue.scale, prologue.shift, coefficients, dy)
    return dy
  }

  /// Sums g and g * (y - mean) over blocks of rows and adds the resulting gradients. Returns the coefficients (3,
  /// channels) of dy = weight / deviation * (g - mean(g) - xhat * mean(g * xhat)) as a linear form in g, y and one.
  private func join(_ blocks: Tensor, rows: Int, dWeight: inout Tensor, dBias: inout Tensor) -> Tensor {
    let channels = mean.count
    var sums = [Double](repeating: 0, count: 2 * channels)
    var coefficients = Tensor(uninitialized: [3, channels])
    let (ofG, dWeightSums, dBiasSums) = (coefficients.write(), dWeight.write(), dBias.write())
    let (ofY, constant, blockSums) = (ofG + channels, ofG + 2 * channels, blocks.read)
    let (weight, mean) = (weight.read, mean.read)
    sums.withUnsafeMutableBufferPointer { sums in
      forChannels(channels) { range in
        for row in 0..<2 * blocks.shape[0] {
          let into = row % 2 * channels
          for c in range { sums[into + c] += Double(blockSums[row * channels + c]) }
        }
        for c in range {
          let (g, gy, inverse) = (sums[c], sums[channels + c], inverseDeviation[c])
          let gFactor = Double(weight[c]) * inverse
          let yFactor = -gFactor * inverse * inverse * gy / Double(rows)
          ofG[c] = Float(gFactor)
          ofY[c] = Float(yFactor)
          constant[c] = Float(-gFactor * g / Double(rows) - yFactor * Double(mean[c]))
          dWeightSums[c] += Float(gy * inverse)
          dBiasSums[c] += Float(g)
        }
      }
    }
    keepAlive(blocks, coefficients, dWeight, dBias, self.weight, self.mean)
    return coefficients
  }
}

/// Runs `body` for a few channels at a time, in parallel.
private func forChannels(_ channels: Int, _ body: (Range<Int>) -> Void) {
  // Fewer channels at a time with many threads: each channel's sums are independent.
  let channelsAtOnce = min(16, max(4, channels / Threads.count))
  parallelFor((channels + channelsAtOnce - 1) / channelsAtOnce) { part in
    body(part * channelsAtOnce..<min(channels, (part + 1) * channelsAtOnce))
  }
}
