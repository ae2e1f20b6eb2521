import Models
import Operators
import Tensors

/// A model's output for a batch of test images: each head's logits (N, K), and the peaks looked at in each image.
struct TestOutcome {
  var logits: [Models.Head: Tensor]
  var peaks: [[Peak]]

  init(_ logits: [Models.Head: Tensor], peaks: [[Peak]]) { (self.logits, self.peaks) = (logits, peaks) }

  // MARK: Between ranks

  /// All values as floats, which represent every peak position exactly.
  func floats(_ heads: [Models.Head]) -> [Float] {
    heads.flatMap { logits[$0]?.elements ?? [] }
      + peaks.flatMap { [Float($0.count)] + $0.flatMap { [Float($0.row), Float($0.column), $0.strength] } }
  }

  /// Decodes the outcome of another rank for `images` images.
  init(_ floats: [Float], _ heads: [Models.Head], images: Int, classes: Int) {
    var rest = floats[...]
    func take(_ count: Int) -> [Float] {
      defer { rest = rest.dropFirst(count) }
      return Array(rest.prefix(count))
    }
    logits = [:]
    for head in heads { logits[head] = Tensor(take(images * classes), shape: [images, classes]) }
    peaks = []
    while let count = rest.popFirst() {
      peaks.append(
        (0..<Int(count)).map { _ in
          let values = take(3)
          return Peak(row: Int(values[0]), column: Int(values[1]), strength: values[2])
        })
    }
  }
}
