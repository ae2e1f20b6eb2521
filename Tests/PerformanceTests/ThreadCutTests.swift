import Layers
import Models
import Operators
import Tensors
import Testing

@testable import Performance

/// Work that is divided more finely for more threads, recorded on one thread, so no machine with so many is needed.
@Suite struct ThreadCutTests {
  @Test(arguments: [ResNetConfiguration.resnet18, .resnet50])
  func aStepCutForManyThreadsHasTheSameBits(_ backbone: ResNetConfiguration) {
    let alone = Step(backbone, cutFor: 1)
    for threads in [7, 32, 256] {
      let step = Step(backbone, cutFor: threads)
      let different = zip(step.values, alone.values).filter { $0 != $1 }.count
      #expect(different == 0, "tensors have other bits for \(threads) threads")
      if threads >= 32 { #expect(step.tasks > alone.tasks, "nothing is cut finer for \(threads) threads") }
    }
  }

  /// A training pass and a test, divided as for a number of threads.
  private struct Step {
    let tasks: Int
    /// Gradients, running statistics and logits.
    let values: [[Float]]

    init(_ backbone: ResNetConfiguration, cutFor threads: Int) {
      let model = ResNetClassifier(backbone, classes: 3, initial: Initialization(seed: 0))
      let images = randomTensor([3, 64, 64, 3], purpose: "images")
      let context = PassContext(sampling: .peaks(.extremes), draws: { _, _ in [] })
      var logits: [Head: Tensor] = [:]
      let trace = RegionTrace(cutFor: threads) {
        _ = model.trainingPass(images, labels: [0, 1, 2], context)
        logits = model.predict(images, context)
      }
      tasks = trace.regions.reduce(0) { $0 + $1.count }
      values =
        model.parameters.map(\.gradient.elements) + model.buffers.map(\.value.elements)
        + logits.values.map(\.elements)
    }
  }
}
