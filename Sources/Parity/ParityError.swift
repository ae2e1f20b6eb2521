/// The reasons why a golden bundle cannot be compared with the engine.
public enum ParityError: Error, Equatable, CustomStringConvertible {
  /// The file is readable, but is not a golden bundle or is damaged.
  case notABundle(path: String, place: String, expected: String, found: String)
  /// The bundle does not give the error of bfloat16.
  case noBF16(path: String)

  public var description: String {
    switch self {
    case .notABundle(let path, let place, let expected, let found):
      "\(path) is not a golden bundle of format \(GoldenBundle.format): \(place): expected \(expected), found \(found); "
        + "use another file, or make the bundle again"
    case .noBF16(let path):
      "\(path) has no tensors error_bf16.*, which say what error bfloat16 may have; use --precision fp32, or a bundle "
        + "of a plain ResNet that has them"
    }
  }
}
