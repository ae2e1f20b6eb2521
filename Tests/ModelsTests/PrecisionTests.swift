import Layers
import Models
import Operators
import Tensors
import Testing
import ThreadCounts

@Suite struct PrecisionTests {
  private func run(
    _ precision: Precision, threads: Int = 1
  ) -> (pass: TrainingPass, gradients: [[Float]], logits: [Float]) {
    withThreads(threads) {
      let model = Tiny.s3n()
      model.precision = precision
      let pass = model.trainingPass(Tiny.images(3), labels: [0, 3, 5], Tiny.context(.centreZoom))
      let logits = model.predict(Tiny.images(2), Tiny.context(.centreZoom))[.joint]
      return (pass, model.parameters.map(\.gradient.elements), logits?.elements ?? [])
    }
  }

  @Test func bf16IsNearFP32AndNotTheSame() {
    let (rough, exact) = (run(.bf16), run(.fp32))
    #expect(rough.pass.loss != exact.pass.loss && abs(rough.pass.loss - exact.pass.loss) < 0.05 * exact.pass.loss)
    for (a, b) in zip(rough.logits, exact.logits) { #expect(abs(a - b) < 0.1) }
    for gradient in rough.gradients { #expect(gradient.allSatisfy(\.isFinite) && gradient.contains { $0 != 0 }) }
  }

  @Test func bf16DoesNotDependOnThreadsAndRepeats() {
    let single = run(.bf16)
    for threads in [1, 2, 3] {
      let again = run(.bf16, threads: threads)
      #expect(again.gradients == single.gradients && again.logits == single.logits)
    }
  }

  /// Packed and folded weights belong to the precision for which they were made.
  @Test func aModelMayChangeItsPrecision() {
    let (model, images) = (Tiny.s3n(), Tiny.images(2))
    func logits(_ precision: Precision) -> [Float]? {
      model.precision = precision
      return model.predict(images, Tiny.context())[.raw]?.elements
    }
    let exact = logits(.fp32)
    #expect(logits(.bf16) != exact)
    #expect(logits(.fp32) == exact)
  }

  @Test func featuresAreStoredAsThePrecisionSays() {
    let model = Tiny.s3n()
    model.precision = .bf16
    let features = model.backbone.evaluate(Tiny.images(1))
    #expect(features.precision == .bf16)
    #expect(model.backbone.forward(Tiny.images(1), .keep).features.precision == .bf16)
    #expect(model.classResponseMaps(features).precision == .fp32)
  }
}
