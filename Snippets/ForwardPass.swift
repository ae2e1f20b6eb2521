// What S3N says of two images: the joint head's answer, and the peaks it looked at.
import S3NEngine

// An untrained S3N on a small ResNet, for ten classes; weights are drawn by seed and name.
let backbone = ResNetConfiguration(name: "tiny", block: .basic, layers: [1, 1, 1, 1], width: 16)
let model = S3N(S3NConfiguration(backbone: backbone, classes: 10), initial: Initialization(seed: 0))

// Images lie channels-last: (N, H, W, 3), normalised as ImageNet's.
var noise = SeededGenerator(seed: 0, purpose: "images")
let images = Tensor((0..<2 * 96 * 96 * 3).map { _ in noise.uniform() - 0.5 }, shape: [2, 96, 96, 3])

// In tests the highest peak goes to one branch and the lowest to the other: p = 2, which draws nothing.
let trace = PassTrace()
let context = PassContext(sampling: .peaks(.extremes), draws: { _, _ in [] }, trace: trace)
let logits = model.predict(images, context)

guard let joint = logits[.joint], let looks = trace.looks else { fatalError("S3N has a joint head and looks") }
for image in 0..<2 {
  let scores = softmax(joint).elements[image * 10..<(image + 1) * 10]
  let best = scores.indices.max { scores[$0] < scores[$1] }.map { $0 - image * 10 } ?? 0
  print("image \(image): class \(best), peaks at \(looks.peaks[image].map { ($0.row, $0.column) })")
}
