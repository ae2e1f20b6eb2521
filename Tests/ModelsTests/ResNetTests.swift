import Layers
import Models
import Tensors
import Testing

@Suite struct ResNetTests {
  @Test(arguments: [[1, 1], [1, 1, 1], [1, 1, 1, 1]], [32, 33, 63, 96, 100, 224])
  func featuresHaveTheSizeThatItsConfigurationSays(_ layers: [Int], _ size: Int) {
    let backbone = ResNetConfiguration(name: "tiny", block: .bottleneck, layers: layers, width: 2)
    let features = ResNet(backbone, by: Initialization(seed: 0)).evaluate(.zeros([1, size, size, 3]))
    let side = backbone.featureSide(of: size)
    #expect(features.shape == [1, side, side, backbone.featureChannels])
  }
}
