// Training gives the same bits on one thread and on all CPUs.
import S3NEngine

let backbone = ResNetConfiguration(name: "tiny", block: .basic, layers: [1, 1, 1, 1], width: 16)
var noise = SeededGenerator(seed: 0, purpose: "images")
let images = Tensor((0..<4 * 64 * 64 * 3).map { _ in noise.uniform() - 0.5 }, shape: [4, 64, 64, 3])

/// Returns the weights of the backbone's first convolution after one step.
func weights(threads: Int) -> [Float] {
  Threads.use(threads)  // 0: all CPUs that this process may run on
  let model = ResNetClassifier(backbone, classes: 4, initial: Initialization(seed: 0))
  let optimizer = SGD(model.parameters, momentum: 0.9, weightDecay: 1e-4)
  let context = PassContext(sampling: .identity, draws: { _, _ in [] })
  _ = model.trainingPass(images, labels: [0, 1, 2, 3], context)
  optimizer.step(learningRate: 0.01)
  return model.parameters[0].value.elements
}

let (one, all) = (weights(threads: 1), weights(threads: 0))
print("\(Threads.count) threads give \(one == all ? "the same bits as" : "other bits than") one")
// snippet.hide
precondition(one == all && !one.contains { !$0.isFinite }, "the weights hang on the number of threads")
