/// The reasons why a model cannot be explained; the description says what to do.
public enum ExplanationError: Error, Equatable, Sendable {
  /// The model looks at no peaks: a plain ResNet, or the control whose passes see the unwarped image.
  case noPeaks(path: String, variant: String)
  /// The folder holds no suitable model.
  case noModels(folder: String)
  /// The folder does not exist.
  case noFolder(path: String)
  /// Models have the same file name, the same variant and seed, or different trainings.
  case noSharedTable(paths: [String])
  /// No test image matches the rule.
  case noImages(rule: String)
  /// There is no baseline to compare with.
  case noBaseline(expected: String)
  /// The model was not trained on birdlets, the only images that can be repainted.
  case notBirdlets(path: String)
}

extension ExplanationError: CustomStringConvertible {
  public var description: String {
    switch self {
    case .noPeaks(let path, let variant):
      "\(path) looks at no peaks: \(variant) sees the whole image. Name a model of s3n or of one of its other variants."
    case .noModels(let folder):
      "\(folder) holds no model of a last epoch to ask, of a kind that looks at peaks where that is asked for: name an output folder of "
        + "bench ablation --checkpoints with s3n among its variants, or files, those of --keep best too, with --checkpoint."
    case .noFolder(let path):
      "There is no folder \(path): name an output folder of bench ablation --checkpoints."
    case .noSharedTable(let paths):
      "\(paths[0]) and \(paths[1]) cannot stand in one table: models in it are of one recipe, dataset and classes, each of a "
        + "variant and seed and of a file name of its own. Ask about each with an --out of its own."
    case .noImages(let rule):
      "No test image is \(rule): ask for others, such as --by random."
    case .notBirdlets(let path):
      "\(path) was not trained on birdlets, the only dataset whose pictures can be painted again: name a model of "
        + "bench train --dataset birdlets."
    case .noBaseline(let expected):
      "There is no baseline \(expected) to compare with: name one of the same dataset with --baseline."
    }
  }
}
