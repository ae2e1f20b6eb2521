import Datasets
import Experiments
import Models
import Operators

/// A trained model tested under several interventions, on the same images.
public struct InterventionRun {
  /// What the model answers under each.
  public private(set) var evaluations: [(intervention: Intervention, evaluation: Evaluation)] = []

  /// The interventions that make sense on a dataset: the oracle needs annotations.
  public static func interventions(isAnnotated: Bool) -> [Intervention] {
    Intervention.all.filter { isAnnotated || $0 != .oracle }
  }

  /// Tests the model under each intervention, `none` first: it tells the others where the model looks.
  ///
  /// Throws `noPeaks` for a model that looks at none, `notFinite` for logits that are none, what is wrong with annotations, and
  /// what `eachTestPass` throws.
  public init(
    _ interventions: [Intervention], on model: TrainedModel, dataset: Dataset,
    shouldStop: @escaping () -> Bool = { false }, report: (_ done: Int, _ count: Int) -> Void = { _, _ in }
  ) throws {
    precondition(interventions.first == Intervention.none, "the model as it is comes first")
    let s3n = try model.lookingNetwork()
    let dataset = interventions.contains(.oracle) ? try dataset.annotated() : dataset
    let count = interventions.count * dataset.test.count
    var found: [[Peak]] = []
    for (index, intervention) in interventions.enumerated() {
      var evaluation = Evaluation(heads: s3n.heads)
      let given = intervention.peaks(found, side: s3n.sampler.gridSide)
      try s3n.sampler.withRadii(times: intervention.radiusFactor) {
        try model.eachTestPass(over: dataset, shouldStop: shouldStop) { pass in
          var context = pass.context
          context.sampling = intervention.rule(context.sampling)
          context.peaks = { given[pass.first + $0] }
          let trace = PassTrace()
          context.trace = trace
          guard evaluation.add(s3n.predict(pass.batch.images, context), pass.batch.samples) else {
            throw ExperimentError.notFinite(path: model.path)
          }
          if intervention == .none { found += trace.sampling?.peaks ?? [] }
          report(index * dataset.test.count + evaluation.images, count)
        }
      }
      evaluations.append((intervention, evaluation))
    }
  }
}

extension SelectiveSampler {
  /// Runs `body` with both radii multiplied, and puts them back to the bit.
  func withRadii<Result>(times factor: Float, _ body: () throws -> Result) rethrows -> Result {
    let learned = (radius.value, radiusInverse.value)
    defer { (radius.value, radiusInverse.value) = learned }
    radius.value[0] *= factor
    radiusInverse.value[0] *= factor
    return try body()
  }
}
