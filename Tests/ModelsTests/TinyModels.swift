import Layers
import Models
import Operators
import Tensors

/// Models and batches small enough to run many times.
enum Tiny {
  static let backbone = ResNetConfiguration(name: "tiny", block: .basic, layers: [1, 1, 1, 1], width: 4)

  static func s3n(_ change: (inout S3NConfiguration) -> Void = { _ in }, seed: UInt64 = 1) -> S3N {
    var configuration = S3NConfiguration(backbone: backbone, classes: 6)
    change(&configuration)
    return S3N(configuration, initial: Initialization(seed: seed))
  }

  static func images(_ count: Int, seed: UInt64 = 5) -> Tensor {
    var generator = SeededGenerator(seed: seed, purpose: "images")
    return Tensor((0..<count * 64 * 64 * 3).map { _ in generator.uniform() * 4 - 2 }, shape: [count, 64, 64, 3])
  }

  static func context(_ rule: SamplingRule = .peaks(.allPeaks)) -> PassContext {
    PassContext(
      sampling: rule, draws: { image, count in (0..<count).map { Float(($0 + image) % 3) / 3 } },
      places: { image in [SIMD2(0.2 + 0.2 * Float(image), 0.4), SIMD2(0.7, 0.6)] })
  }
}
