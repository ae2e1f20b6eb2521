import Operators
import Tensors
import Testing

@testable import Performance

@Suite struct OperatorCaseTests {
  /// The cases whose references take only a moment.
  private static let quick = [
    "conv2d forward, direct, 1x1, 64 to 64 channels, 112x112",
    "conv2d backward data, winograd, 3x3, 512 to 512 channels, 14x14",
    "conv2d backward weight, direct, 1x1 stride 2, 1024 to 2048 channels, 28x28",
    "batchNorm2d backward, 2048 channels, 14x14", "residual joint, 2048 channels, 14x14",
    "global average pooling, 2048 channels, 14x14", "smoothing forward and backward, fft, grid 31",
    "smoothing forward and backward, separable, grid 31", "linear backward, 2048 to 200",
    "bilinear resize, 31x31 to 448x448, 2 channels",
    "resize of the grid and sampling backward, 448x448", "grid sampling forward, 448x448",
  ]

  @Test(arguments: quick) func theFastResultIsTheReferences(_ name: String) throws {
    let operatorCase = try #require(OperatorCase.all(images: 1).first { $0.name == name })
    let prepared = operatorCase.prepare()
    try prepared.check()
    prepared.run()
  }

  /// Odd sizes and a stride, with each algorithm.
  @Test(arguments: ConvolutionPass.allCases, [1, 2]) func bfloat16IsHeldToTheReferenceToo(
    _ pass: ConvolutionPass, _ stride: Int
  ) throws {
    let geometry = Conv2DGeometry(inputChannels: 64, outputChannels: 128, kernel: 3, stride: stride, padding: 1)
    for algorithm in Conv2DAlgorithm.allCases {
      let shape = ConvolutionShape(geometry, input: [2, 13, 18, 64])
      try OperatorCase.convolution(shape, pass, by: algorithm, .bf16).prepare().check()
    }
  }

  @Test func casesHaveNamesOfTheirOwnAndWork() {
    let all = OperatorCase.all(images: 2)
    #expect(Set(all.map(\.name)).count == all.count)
    #expect(all.count > 60)
    #expect(all.allSatisfy { $0.work.bytes > 0 && $0.work.flops >= 0 })
    let one = OperatorCase.all(images: 1)
    #expect(zip(one, all).allSatisfy { $0.name == $1.name && $0.work.bytes <= $1.work.bytes })
  }

  @Test func aWrongElementIsFound() {
    let found = Tensor([1, 2, 3.1], shape: [3])
    #expect(throws: PerformanceError.self) { try require(found, [1, 2, 3], allowed: 0.03, "y", of: "case") }
    #expect(throws: Never.self) { try require(found, [1, 2, 3], allowed: 0.04, "y", of: "case") }
    let broken = Tensor([1, .nan, 3], shape: [3])
    #expect(throws: PerformanceError.self) { try require(broken, [1, 2, 3], allowed: 1e9, "y", of: "case") }
    #expect(throws: PerformanceError.self) { try require(found, [1, 2], allowed: 1e9, "y", of: "case") }
  }
}
