import CKernels
import Tensors

/// Backward to the data of a strided convolution with few input channels, such as a ResNet's stem.
///
/// The s x s phases of input pixels read nearly the same pixels of dy and have few columns each: separately, most of a
/// register tile would be padding. Here they are columns of one convolution of stride 1, whose results are reordered.
struct InterleavedBackward: Sendable {
  private let geometry: Conv2DGeometry
  private let precision: Precision
  /// The number of rows and columns of dy that reach a block of s x s input pixels, starting at `firstOffset`.
  private let taps: Int
  private let firstOffset: Int
  private let packed: Tensor

  /// Returns nil if the phases fill the tiles separately, or there is only one.
  init?(_ weight: Tensor, _ g: Conv2DGeometry, _ precision: Precision) {
    let columns = g.stride * g.stride * g.inputChannels
    guard g.stride > 1, g.kernel >= g.stride, columns <= 32 else { return nil }
    geometry = g
    self.precision = precision
    // Input row u * s + a is reached from output row u + offset by tap a + padding - offset * s.
    let lowest = -((g.kernel - 1 - g.padding) / g.stride)
    let highest = (g.stride - 1 + g.padding) / g.stride
    firstOffset = lowest
    taps = highest - lowest + 1
    var joined = Tensor.zeros([taps, taps, g.outputChannels, columns])
    weight.withUnsafeBufferPointer { weight in
      joined.withUnsafeMutableBufferPointer { joined in
        Self.eachTap(g, offsets: lowest...highest) { phaseY, offsetY, tapY in
          Self.eachTap(g, offsets: lowest...highest) { phaseX, offsetX, tapX in
            let to = ((offsetY - lowest) * (highest - lowest + 1) + offsetX - lowest) * g.outputChannels * columns
            let from = (tapY * g.kernel + tapX) * g.inputChannels * g.outputChannels
            let column = (phaseY * g.stride + phaseX) * g.inputChannels
            for o in 0..<g.outputChannels {
              for c in 0..<g.inputChannels {
                joined[to + o * columns + column + c] = weight[from + c * g.outputChannels + o]
              }
            }
          }
        }
      }
    }
    let depth = taps * taps * g.outputChannels
    var packed = Tensor(uninitialized: [s3n_packed_count(precision.kernelValue, depth, columns)])
    s3n_pack_forward(precision.kernelValue, depth, columns, joined.read, packed.write())
    keepAlive(joined)
    self.packed = packed
  }

  /// Calls `body` with each phase, offset and the tap between them, along one axis.
  private static func eachTap(_ g: Conv2DGeometry, offsets: ClosedRange<Int>, _ body: (Int, Int, Int) -> Void) {
    for phase in 0..<g.stride {
      for offset in offsets {
        let tap = phase + g.padding - offset * g.stride
        if (0..<g.kernel).contains(tap) { body(phase, offset, tap) }
      }
    }
  }

  func dx(_ dy: Tensor, inputShape: [Int]) -> Tensor {
    let g = geometry
    let blocks = (y: (inputShape[1] + g.stride - 1) / g.stride, x: (inputShape[2] + g.stride - 1) / g.stride)
    let columns = g.stride * g.stride * g.inputChannels
    var conv = s3n_conv(
      images: inputShape[0], src_height: dy.shape[1], src_width: dy.shape[2], channels: g.outputChannels,
      grid_height: blocks.y, grid_width: blocks.x, taps_y: taps, taps_x: taps, step: 1,
      offset_y: firstOffset, offset_x: firstOffset, dst_height: blocks.y, dst_width: blocks.x, outputs: columns,
      dst_step: 1, dst_y: 0, dst_x: 0, precision: precision.kernelValue)
    var interleaved = Tensor(uninitialized: [inputShape[0], blocks.y, blocks.x, columns], precision)
    s3n_conv_run(
      &conv, dy.address, s3n_prologue(scale: nil, shift: nil, relu: 0), packed.read, interleaved.writeAddress(),
      s3n_epilogue(bias: nil, residual: nil, relu: 0, statistics: nil))
    var dx = Tensor(uninitialized: inputShape, precision)
    s3n_deinterleave(
      precision.kernelValue, interleaved.address, inputShape[0], inputShape[1], inputShape[2], g.inputChannels,
      g.stride, dx.writeAddress())
    keepAlive(dy, packed, interleaved)
    return dx
  }
}
