/// Why a golden bundle could not be held against the engine.
public enum ParityError: Error, Equatable, CustomStringConvertible {
  /// The file is readable, but is no golden bundle or a damaged one.
  case notABundle(path: String, place: String, expected: String, found: String)

  public var description: String {
    switch self {
    case .notABundle(let path, let place, let expected, let found):
      "\(path) is not a golden bundle of format \(GoldenBundle.format): \(place): expected \(expected), found \(found); "
        + "take another file, or make the bundle again"
    }
  }
}
