// S3N's prediction for two images: the class of its joint head, and the peaks that it looked at.
import S3NEngine

// A small, untrained S3N for ten classes.
let backbone = ResNetConfiguration(name: "tiny", block: .basic, layers: [1, 1, 1, 1], width: 16)
let model = S3N(S3NConfiguration(backbone: backbone, classes: 10), initial: Initialization(seed: 0))

// Images are channels-last, (N, H, W, 3); photographs would be normalised with ImageNet's mean and standard deviation.
var noise = SeededGenerator(seed: 0, purpose: "images")
let images = Tensor((0..<2 * 96 * 96 * 3).map { _ in noise.uniform() - 0.5 }, shape: [2, 96, 96, 3])

// p = 2: the highest peak goes to one branch, the lowest to the other. It needs no random draws.
let trace = PassTrace()
let context = PassContext(sampling: .peaks(.extremes), draws: { _, _ in [] }, trace: trace)
let logits = model.predict(images, context)

if let joint = logits[.joint], let sampling = trace.sampling {
  let probabilities = softmax(joint)
  for image in 0..<2 {
    let row = (0..<10).map { probabilities[image * 10 + $0] }
    let best = row.indices.max { row[$0] < row[$1] } ?? 0
    let peaks = sampling.peaks[image].map { [$0.row, $0.column] }
    print("image \(image): class \(best) with probability \(row[best]), peaks at \(peaks)")
  }
}
// snippet.hide
precondition(logits.count == 4 && logits.values.allSatisfy { $0.shape == [2, 10] }, "expected four heads of (2, 10)")
