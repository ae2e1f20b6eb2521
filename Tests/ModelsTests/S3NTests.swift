import Layers
import Models
import Operators
import Tensors
import Testing
import ThreadCounts

@Suite struct S3NTests {
  @Test func theFilterIsAsFarFromItsBeginningAsItHasBeenMoved() {
    let sampler = SelectiveSampler(S3NConfiguration(backbone: .resnet18, classes: 2))
    #expect(sampler.filterChange == 0)
    let gaussian = sampler.filter.value
    for position in 0..<gaussian.count { sampler.filter.value[position] *= 1.25 }
    #expect(abs(sampler.filterChange - 0.25) < 1e-6)
    sampler.filter.value = gaussian
    sampler.filter.value[7] += 2
    let norm = gaussian.elements.reduce(0) { $0 + Double($1) * Double($1) }.squareRoot()
    #expect(abs(sampler.filterChange - 2 / norm) < 1e-6)
  }

  @Test func headsAreThoseOfTheBranches() {
    #expect(Tiny.s3n().heads == [.joint, .raw, .discriminative, .complementary])
    let model = Tiny.s3n { $0.branches = [.complementary] }
    #expect(model.heads == [.joint, .raw, .complementary])
    #expect(Set(model.predict(Tiny.images(2), Tiny.context()).keys) == Set(model.heads))
    #expect(model.parameters.contains { $0.name == "sampler_buffer1.0.weight" })
    #expect(!model.parameters.contains { $0.name == "sampler_buffer.0.weight" })
  }

  @Test func theDefaultsAreTheReleasedOnes() {
    let configuration = S3NConfiguration(backbone: .resnet50, classes: 200)
    #expect(configuration.radius == 0.09 && configuration.radiusInverse == 0.3 && configuration.floor == 0.09)
    #expect(configuration.gridSide == 31 && configuration.branches == [.discriminative, .complementary])
  }

  @Test func withoutWarpingTheBranchesSeeTheImageAndNothingIsLearnedAboutWhere() throws {
    let model = Tiny.s3n()
    var context = Tiny.context(.identity)
    let trace = PassTrace()
    context.trace = trace
    let images = Tiny.images(2)
    _ = model.trainingPass(images, labels: [1, 4], context)
    for branch in Branch.allCases {
      let sampled = try #require(trace.sampled[branch])
      for (a, b) in zip(sampled.elements, images.elements) { #expect(abs(a - b) < 1e-3) }
    }
    #expect(model.sampler.parameters.allSatisfy { $0.gradient.elements.allSatisfy { $0 == 0 } })
  }

  @Test(arguments: [SamplingRule.peaks(.allPeaks), .peaks(.extremes), .centreZoom, .annotated(.allPeaks)])
  func gradientsReachEveryParameter(_ rule: SamplingRule) {
    let model = Tiny.s3n()
    _ = model.trainingPass(Tiny.images(3), labels: [0, 3, 5], Tiny.context(rule))
    for parameter in model.parameters {
      #expect(parameter.gradient.elements.allSatisfy { $0.isFinite }, "\(parameter.name)")
      #expect(parameter.gradient.elements.contains { $0 != 0 }, "\(parameter.name)")
    }
  }

  @Test func givenPeaksAreLookedAtAsFoundOnesAre() throws {
    let (model, images) = (Tiny.s3n(), Tiny.images(2))
    func predict(_ rule: SamplingRule, _ peaks: [[Peak]] = []) throws -> ([Float], [[Peak]]) {
      var context = Tiny.context(rule)
      let trace = PassTrace()
      (context.trace, context.peaks) = (trace, { peaks[$0] })
      let logits = model.predict(images, features: model.backbone.evaluate(images), context)
      return (try #require(logits[.joint]).elements, try #require(trace.sampling).peaks)
    }
    for policy in PeakPolicy.allCases {
      let (found, peaks) = try predict(.peaks(policy))
      #expect(found == model.predict(images, Tiny.context(.peaks(policy)))[.joint]?.elements)
      #expect(try predict(.given(policy), peaks) == (found, peaks))
      #expect(try predict(.given(policy), peaks.reversed()).0 != found)
    }
  }

  @Test func randomPeaksAreAsManyElsewhereAndTheSameForTheSameSeed() throws {
    func peaks(_ rule: SamplingRule) throws -> [SelectiveSampler.BranchSampling] {
      var context = Tiny.context(rule)
      let trace = PassTrace()
      context.trace = trace
      _ = Tiny.s3n().predict(Tiny.images(2), context)
      return try #require(trace.sampling).branches
    }
    let found = try peaks(.peaks(.allPeaks))
    let moved = try peaks(.randomPeaks(.allPeaks, seed: 1))
    let again = try peaks(.randomPeaks(.allPeaks, seed: 1))
    let other = try peaks(.randomPeaks(.allPeaks, seed: 2))
    for branch in 0..<2 {
      #expect(moved[branch].attention?.elements == again[branch].attention?.elements)
      #expect(moved[branch].attention?.elements != other[branch].attention?.elements)
      #expect(moved[branch].attention?.elements != found[branch].attention?.elements)
    }
  }

  @Test func annotatedPlacesAreTheCellsThatAreLookedAt() throws {
    var context = Tiny.context(.annotated(.allPeaks))
    let places: [[SIMD2<Float>]] = [[SIMD2(0, 0), SIMD2(1, 0.5), SIMD2(0.49, 0.51), SIMD2(0.5, 0.5)], []]
    context.places = { places[$0] }
    let trace = PassTrace()
    context.trace = trace
    _ = Tiny.s3n().predict(Tiny.images(2), context)
    let sampling = try #require(trace.sampling)
    // In row-major order; two places in one cell give one peak.
    #expect(
      sampling.peaks[0] == [(0, 0), (15, 15), (15, 30)].map { Peak(row: $0.0, column: $0.1, strength: 1) })
    #expect(sampling.peaks[1].isEmpty)
    let attention = try #require(sampling.branches[0].attention)
    #expect(attention[15 * 31 + 30] > 1 && attention[31 * 31] == 0.09)
  }

  @Test func groupsOfABatchAddUpToTheBatchInTheLinearHeads() {
    // Batch statistics differ between groups, except when a single image is repeated.
    let one = Tiny.images(1)
    let two = Tensor(one.elements + one.elements, shape: [2, 64, 64, 3])
    let whole = Tiny.s3n()
    _ = whole.trainingPass(two, labels: [2, 2], Tiny.context())
    let grouped = Tiny.s3n()
    for group in 0..<2 {
      var context = Tiny.context()
      context.gradientScale = 0.5
      context.running = group == 0 ? .update : .keep
      _ = grouped.trainingPass(one, labels: [2], context)
    }
    for (a, b) in zip(whole.parameters, grouped.parameters) where a.name.contains("classifier") {
      for (x, y) in zip(a.gradient.elements, b.gradient.elements) { #expect(abs(x - y) < 1e-4, "\(a.name)") }
    }
  }

  @Test func aTrainingPassTellsOfGradientsOnceTheyAreFinal() {
    let models: [any ImageClassifier] = [
      Tiny.s3n(), ResNetClassifier(Tiny.backbone, classes: 6, initial: Initialization(seed: 1)),
    ]
    for model in models {
      var told: [(parameter: Parameter, gradient: [Float])] = []
      var context = Tiny.context()
      context.gradientsAreFinal = { told += $0.map { ($0, $0.gradient.elements) } }
      _ = model.trainingPass(Tiny.images(2), labels: [0, 3], context)
      #expect(told.map(\.parameter.name) == model.parametersByBackward.map(\.name))
      #expect(Set(told.map(\.parameter.name)) == Set(model.parameters.map(\.name)))
      for (parameter, gradient) in told { #expect(parameter.gradient.elements == gradient, "\(parameter.name)") }
    }
  }

  @Test func aTrainingPassDoesNotDependOnThreads() {
    func gradients(_ threads: Int) -> [[Float]] {
      withThreads(threads) {
        let model = Tiny.s3n()
        _ = model.trainingPass(Tiny.images(3), labels: [0, 3, 5], Tiny.context(.peaks(.stochasticSplit)))
        return model.parameters.map(\.gradient.elements)
      }
    }
    let single = gradients(1)
    #expect(gradients(2) == single)
    #expect(gradients(3) == single)
  }

  @Test func imagesOfOneValueHaveNoPeakAndDoNotBreakThePass() {
    let model = Tiny.s3n()
    let pass = model.trainingPass(Tensor(repeating: 0, shape: [2, 64, 64, 3]), labels: [0, 1], Tiny.context())
    #expect(pass.loss.isFinite)
  }
}
