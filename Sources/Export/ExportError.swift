/// The reasons why a model cannot be written as a graph; the description says what to do.
public enum ExportError: Error, Equatable, Sendable {
  /// The model splits its peaks at random, and a graph has no random draws.
  case randomSampling
  /// The model is a control of an ablation that does not look at peaks of a response map.
  case control
}

extension ExportError: CustomStringConvertible {
  public var description: String {
    switch self {
    case .randomSampling:
      "This model assigns peaks to branches at random (p = 1), which a graph cannot: choose another policy with --p 0 "
        + "or --p 2."
    case .control:
      "This model is a control that does not look at peaks: only ResNets, S3N at p = 0 and p = 2 and the variant "
        + "\"identity\" can be exported. Use --p 0 or --p 2 to export it as if it were S3N."
    }
  }
}
