import Models
import Operators

extension OperatorCase {
  /// Small cases of every operator, forward and backward, whose checks take seconds: for an unknown machine.
  public static var selfTest: [OperatorCase] {
    let geometries = [
      Conv2DGeometry(inputChannels: 3, outputChannels: 16, kernel: 7, stride: 2, padding: 3),
      Conv2DGeometry(inputChannels: 64, outputChannels: 32, kernel: 1, stride: 1, padding: 0),
      Conv2DGeometry(inputChannels: 32, outputChannels: 48, kernel: 3, stride: 1, padding: 1),
      Conv2DGeometry(inputChannels: 32, outputChannels: 32, kernel: 3, stride: 2, padding: 1),
    ]
    let convolutions = geometries.flatMap { geometry in
      Conv2DAlgorithm.allCases.filter { $0.applies(to: geometry) }.flatMap { algorithm in
        // A side that is not a multiple of any tile side.
        let shape = ConvolutionShape(geometry, input: [1, 19, 19, geometry.inputChannels])
        return ConvolutionPass.allCases.map { convolution(shape, $0, by: algorithm) }
      }
    }
    let features = [2, 9, 9, 32]
    return convolutions + [batchNormBackward(features), residualJoin(features)]
      + [maxPool(features, backward: false), maxPool(features, backward: true), averagePool(features)]
      + samplings(images: 1) + [linear(2, backward: false), linear(2, backward: true), sgd(10_000)]
  }
}
