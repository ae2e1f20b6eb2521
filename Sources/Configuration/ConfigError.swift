/// What can be wrong with a configuration file; the description says where, and what to do.
public enum ConfigError: Error, Equatable, Sendable {
  case unreadable(path: String, reason: String)
  /// The text is not YAML, or uses parts of YAML that are not supported.
  case malformed(path: String, line: Int, problem: String)
  case unknownKey(path: String, line: Int, key: String, known: [String], nearest: String?)
  case duplicateKey(path: String, line: Int, key: String)
  /// The key does not accept a value of this type.
  case wrongType(path: String, line: Int, key: String, expected: String, found: String)
  /// The command rejects the value.
  case invalidValue(path: String, line: Int, key: String, problem: String)
  /// A key of the released code has another value than the one built in here.
  case builtIn(path: String, line: Int, key: String, expected: String, found: String)
}

extension ConfigError: CustomStringConvertible {
  public var description: String {
    switch self {
    case .unreadable(let path, let reason): "\(path) cannot be read: \(reason)."
    case .malformed(let path, let line, let problem): "\(path):\(line): \(problem)."
    case .unknownKey(let path, let line, let key, let known, let nearest):
      "\(path):\(line): there is no key \"\(key)\""
        + (nearest.map { "; did you mean \"\($0)\"?" } ?? ". Known: \(known.joined(separator: ", ")).")
    case .duplicateKey(let path, let line, let key):
      "\(path):\(line): \"\(key)\" appears more than once: keep one of them."
    case .wrongType(let path, let line, let key, let expected, let found):
      "\(path):\(line): \"\(key)\" takes \(expected), but found \(found)."
    case .invalidValue(let path, let line, let key, let problem): "\(path):\(line): \"\(key)\": \(problem)"
    case .builtIn(let path, let line, let key, let expected, let found):
      "\(path):\(line): \"\(key)\" is always \(expected) in this program, but found \(found): remove the line."
    }
  }
}
