import Foundation
import Operators
import Tensors

/// Initial weights, drawn from a separate stream for each tensor's name, so that layers do not affect each other.
public struct Initialization: Sendable {
  public let seed: UInt64

  public init(seed: UInt64) { self.seed = seed }

  /// PyTorch's default for convolutions and linear layers: uniform within ±1 / sqrt(fan-in).
  public func uniform(_ shape: [Int], fanIn: Int, name: String) -> Tensor {
    var generator = SeededGenerator(seed: seed, purpose: "initial " + name)
    let bound = 1 / Double(fanIn).squareRoot()
    var tensor = Tensor(uninitialized: shape)
    tensor.withUnsafeMutableBufferPointer { values in
      for index in values.indices { values[index] = Float(generator.uniform(-bound, bound)) }
    }
    return tensor
  }

  /// He's normal initialisation with fan-out, as in torchvision's ResNet.
  public func heNormal(_ shape: [Int], fanOut: Int, name: String) -> Tensor {
    var generator = SeededGenerator(seed: seed, purpose: "initial " + name)
    let deviation = (2 / Double(fanOut)).squareRoot()
    var tensor = Tensor(uninitialized: shape)
    tensor.withUnsafeMutableBufferPointer { fillNormal($0, deviation: deviation, from: &generator) }
    return tensor
  }
}

/// Fills `values` with normal draws (Box and Muller 1958), from two uniform draws each.
///
/// The stream is drawn in order; logarithms and cosines, which take most of the time, are then computed in parallel.
func fillNormal(_ values: UnsafeMutableBufferPointer<Float>, deviation: Double, from generator: inout SeededGenerator) {
  let (piece, pieces) = (1 << 12, 32)
  let draws = UnsafeMutableBufferPointer<Double>.allocate(capacity: 2 * piece * pieces)
  defer { draws.deallocate() }
  for start in stride(from: 0, to: values.count, by: piece * pieces) {
    let count = min(piece * pieces, values.count - start)
    for index in 0..<2 * count { draws[index] = generator.uniform(0, 1) }
    parallelFor((count + piece - 1) / piece) { number in
      for index in number * piece..<min((number + 1) * piece, count) {
        let radius = (-2 * log(1 - draws[2 * index])).squareRoot()
        values[start + index] = Float(deviation * (radius * cos(2 * .pi * draws[2 * index + 1])))
      }
    }
  }
}
