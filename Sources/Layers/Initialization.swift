import Foundation
import Tensors

/// Initial weights, drawn from a stream of their own for each tensor's name, so that no layer moves another's draws.
public struct Initialization: Sendable {
  public let seed: UInt64

  public init(seed: UInt64) { self.seed = seed }

  /// PyTorch's default for convolutions and linear layers: uniform within 1 / sqrt(inputs of one output).
  public func uniform(_ shape: [Int], fanIn: Int, name: String) -> Tensor {
    var generator = SeededGenerator(seed: seed, purpose: "initial " + name)
    let bound = 1 / Double(fanIn).squareRoot()
    return Tensor((0..<shape.reduce(1, *)).map { _ in Float(generator.uniform(-bound, bound)) }, shape: shape)
  }

  /// He's normal initialisation by the number of outputs that an input reaches, as torchvision's ResNet uses.
  public func heNormal(_ shape: [Int], fanOut: Int, name: String) -> Tensor {
    var generator = SeededGenerator(seed: seed, purpose: "initial " + name)
    let deviation = (2 / Double(fanOut)).squareRoot()
    return Tensor((0..<shape.reduce(1, *)).map { _ in Float(deviation * generator.normal()) }, shape: shape)
  }
}

extension SeededGenerator {
  /// A standard normal draw (Box and Muller 1958).
  mutating func normal() -> Double {
    let radius = (-2 * log(1 - uniform(0, 1))).squareRoot()
    return radius * cos(2 * .pi * uniform(0, 1))
  }
}
