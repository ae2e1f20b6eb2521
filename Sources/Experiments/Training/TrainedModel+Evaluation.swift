import Datasets
import Models
import Operators
import Tensors

extension TrainedModel {
  /// The same model tested differently: on images of `size` pixels, cropped from the centre of `testResize`, at the
  /// peaks that the policy `p` selects, in a precision that its network keeps from then on.
  ///
  /// Throws `invalidValue` for invalid values, and for a policy if the model looks at no peaks.
  public func tested(
    size: Int? = nil, testResize: Int? = nil, p: Int? = nil, precision: Precision? = nil
  ) throws(ExperimentError) -> TrainedModel {
    var model = self
    var overrides = RecipeOverrides()
    (overrides.size, overrides.testResize, overrides.precision) = (size, testResize, precision)
    model.recipe = try recipe.applying(overrides)
    network.classifier.precision = model.recipe.precision
    if let p {
      func refused(_ expected: String) -> ExperimentError {
        .invalidValue(option: "--p", value: "\(p)", expected: expected)
      }
      guard let policy = PeakPolicy(p: p) else { throw refused("0, 1 or 2") }
      guard self.policy != nil else { throw refused("no value, as \(cell.variant.name) has no peaks to assign") }
      model.cell = Cell(cell.variant.under(policy), seed: cell.seed)
    }
    return model
  }

  /// The accuracies on the test images of `dataset`.
  ///
  /// Throws `otherClasses` or `otherClassCount` if its classes differ from the model's, `tooLarge` if a step would not
  /// fit into memory, and `notFinite` if a logit is infinite or NaN.
  public func evaluate(
    on dataset: Dataset, shouldStop: @escaping () -> Bool = { false },
    report: @escaping (TrainingEvent) -> Void = { _ in }
  ) throws -> Evaluation {
    let dataset = try fitting(dataset)
    let evaluation = try Trainer(
      cell, recipe, network.classifier, on: dataset, shouldStop: shouldStop, report: report
    ).evaluate(epoch: epoch)
    guard let evaluation else { throw ExperimentError.notFinite(path: path) }
    return evaluation
  }

  /// The dataset as the model's tests need it: with its annotations if the model looks at annotated places.
  ///
  /// Throws if its classes differ from the model's, a test step would not fit into memory, or annotations are missing.
  func fitting(_ dataset: Dataset) throws -> Dataset {
    if let classNames, dataset.classNames != classNames {
      throw ExperimentError.otherClasses(path: path, expected: classNames, found: dataset.classNames)
    }
    guard dataset.classNames.count == classes else {
      throw ExperimentError.otherClassCount(
        path: path, classes: classes, dataset: dataset.name, found: dataset.classNames.count)
    }
    try recipe.requireTestMemory(for: cell.variant, classes: classes, cachedBytes: dataset.cacheBudget)
    return cell.variant.needsAnnotations ? try dataset.annotated() : dataset
  }

  /// How peaks are divided between the branches; nil for a model without peaks to divide.
  private var policy: PeakPolicy? {
    switch sampling {
    case _ where cell.variant.branches.isEmpty: nil
    case .centreZoom, .identity: nil
    case let rule: rule.policy
    }
  }

  /// A short description of the model and how it is tested.
  public var title: String {
    let (size, whole) = (recipe.size, recipe.testResize)
    return [
      "\(cell.variant.name) on \(backbone.name) at \(size) x \(size) pixels", "the middle of \(whole) x \(whole)",
      policy.map { "p = \($0.p)" }, recipe.precision == .fp32 ? nil : "in \(recipe.precision)",
    ].compactMap { $0 }.joined(separator: ", ")
  }
}
