import Datasets
import Experiments
import Models
import Operators

/// Tests of a trained model under several interventions, on the same images.
public struct InterventionRun {
  /// The model's answers under one intervention.
  public struct Answers: Codable {
    let evaluation: Evaluation
    /// Where the unchanged model looked in each image; empty for other interventions.
    let peaks: [[Peak]]
  }

  /// The results of each intervention.
  public private(set) var evaluations: [(intervention: Intervention, evaluation: Evaluation)] = []

  /// The interventions that apply to a dataset: the oracle needs annotations.
  public static func interventions(isAnnotated: Bool) -> [Intervention] {
    Intervention.all.filter { isAnnotated || $0 != .oracle }
  }

  /// Tests the model under each intervention; `none` must be first, because its peaks are the input of the others.
  ///
  /// `keeping` returns stored answers or makes them. Throws `noPeaks` if the model looks at none, `notFinite` for
  /// infinite or NaN logits, errors of annotations, and what `eachTestPass` and `keeping` throw.
  public init(
    _ interventions: [Intervention], on model: TrainedModel, dataset: Dataset,
    shouldStop: @escaping () -> Bool = { false }, report: @escaping (_ done: Int, _ count: Int) -> Void = { _, _ in },
    keeping: (Intervention, _ make: () throws -> Answers) throws -> Answers = { try $1() }
  ) throws {
    precondition(interventions.first == Intervention.none, "the model as it is comes first")
    let s3n = try model.lookingNetwork()
    let dataset = interventions.contains(.oracle) ? try dataset.annotated() : dataset
    let count = interventions.count * dataset.test.count
    var found: [[Peak]] = []
    for (index, intervention) in interventions.enumerated() {
      let answers = try keeping(intervention) {
        try s3n.answers(under: intervention, found, of: model, dataset, shouldStop) {
          report(index * dataset.test.count + $0, count)
        }
      }
      if intervention == .none { found = answers.peaks }
      evaluations.append((intervention, answers.evaluation))
    }
  }
}

extension S3N {
  /// The answers of the network of `model` under `intervention`, given the peaks that it `found` in each image.
  fileprivate func answers(
    under intervention: Intervention, _ found: [[Peak]], of model: TrainedModel, _ dataset: Dataset,
    _ shouldStop: @escaping () -> Bool, report: (_ done: Int) -> Void
  ) throws -> InterventionRun.Answers {
    var evaluation = Evaluation(heads: heads)
    var peaks: [[Peak]] = []
    let given = intervention.peaks(found, side: sampler.gridSide)
    try sampler.withRadii(times: intervention.radiusFactor) {
      try model.eachTestPass(over: dataset, shouldStop: shouldStop) { pass in
        var context = pass.context
        context.sampling = intervention.rule(context.sampling)
        context.peaks = { given[pass.first + $0] }
        let trace = PassTrace()
        context.trace = trace
        guard evaluation.add(predict(pass.batch.images, context), pass.batch.samples) else {
          throw ExperimentError.notFinite(path: model.path)
        }
        if intervention == .none { peaks += trace.sampling?.peaks ?? [] }
        report(evaluation.images)
      }
    }
    return InterventionRun.Answers(evaluation: evaluation, peaks: peaks)
  }
}

extension SelectiveSampler {
  /// Runs `body` with both radii scaled by `factor`, then restores them bit-exactly.
  func withRadii<Result>(times factor: Float, _ body: () throws -> Result) rethrows -> Result {
    let learned = (radius.value, radiusInverse.value)
    defer { (radius.value, radiusInverse.value) = learned }
    radius.value[0] *= factor
    radiusInverse.value[0] *= factor
    return try body()
  }
}
