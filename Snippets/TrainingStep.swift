// Overfits S3N to eight images in ten steps: the loss falls.
import S3NEngine

let backbone = ResNetConfiguration(name: "tiny", block: .basic, layers: [1, 1, 1, 1], width: 16)
let model = S3N(S3NConfiguration(backbone: backbone, classes: 4), initial: Initialization(seed: 0))
let optimizer = SGD(model.parameters, momentum: 0.9, weightDecay: 1e-4)

var noise = SeededGenerator(seed: 0, purpose: "images")
let images = Tensor((0..<8 * 64 * 64 * 3).map { _ in noise.uniform() - 0.5 }, shape: [8, 64, 64, 3])
let labels = [0, 1, 2, 3, 0, 1, 2, 3]

var losses: [Float] = []
for step in 0..<10 {
  // p = 1 sends each peak to one of the branches by a random draw that depends only on the step and the image.
  let context = PassContext(
    sampling: .peaks(.stochasticSplit),
    draws: { image, count in
      var generator = SeededGenerator(seed: 0, purpose: "peaks", step, image)
      return (0..<count).map { _ in generator.uniform() }
    })
  model.zeroGradients()
  let pass = model.trainingPass(images, labels: labels, context)
  optimizer.step(learningRate: 0.01)
  losses.append(pass.loss)
  print("step \(step): loss \(pass.loss), joint head \(pass.losses[.joint] ?? .nan)")
}
// snippet.hide
precondition(losses[9] < losses[0], "the loss did not fall: \(losses)")
