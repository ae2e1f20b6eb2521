import WeightFiles

/// Errors for weights that do not belong to the model or that no model can use.
public enum ModelError: Error, CustomStringConvertible, Equatable {
  /// `nearest` is the backbone that the file seems to hold, if not the one asked for.
  case foreignWeights(path: String, model: String, reason: String, nearest: String? = nil)
  /// Tensors that the model takes contain NaNs, infinities or negative variances.
  case notFinite(path: String, flaws: [TensorFlaw])

  /// The problem, without advice.
  public var reason: String {
    switch self {
    case .foreignWeights(_, _, let reason, _): reason
    case .notFinite(_, let flaws): flaws.summary
    }
  }

  public var description: String {
    switch self {
    case .foreignWeights(let path, let model, let reason, let nearest):
      "\(path): these are not weights of \(model): \(reason). "
        + (nearest.map { "This file looks like \($0); use --backbone \($0), or another file." }
          ?? "Name another file, or the network and classes that it is of; \"bench weights inspect\" lists what it holds.")
    case .notFinite(let path, let flaws):
      "\(path) cannot give finite results: \(flaws.summary). Its training diverged, or the file was damaged: use an "
        + "earlier checkpoint, or train again with a smaller learning rate."
    }
  }
}

extension [TensorFlaw] {
  /// The first four flaws, and the number of tensors with others.
  public var summary: String {
    prefix(4).map(\.description).joined(separator: ", ") + (count > 4 ? " and \(count - 4) more tensors" : "")
  }
}
