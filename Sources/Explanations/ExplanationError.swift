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
      "\(path) does not look at peaks: \(variant) sees the whole image. Name a model of s3n or another of its variants."
    case .noModels(let folder):
      "\(folder) holds no suitable last-epoch model (one that looks at peaks, where that is needed): name an output "
        + "folder of bench ablation --checkpoints with s3n among its variants, or files with --checkpoint, also those "
        + "of --keep best."
    case .noFolder(let path):
      "There is no folder \(path): name an output folder of bench ablation --checkpoints."
    case .noSharedTable(let paths):
      "\(paths[0]) and \(paths[1]) cannot share a table: models in it need the same recipe, dataset and classes, and "
        + "each its own variant and seed and its own file name. Run the command for each, with a separate --out."
    case .noImages(let rule):
      "No test image is \(rule): choose another rule, such as --by random."
    case .notBirdlets(let path):
      "\(path) was not trained on birdlets, the only dataset whose images can be repainted: name a model of "
        + "bench train --dataset birdlets."
    case .noBaseline(let expected):
      "There is no baseline \(expected) to compare with: name one of the same dataset with --baseline."
    }
  }
}
