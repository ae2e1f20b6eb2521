/// One option as set by a file.
public struct ConfigEntry: Equatable, Sendable {
  public enum Value: Equatable, Sendable {
    case text(String)
    case list([String])
    case flag(Bool)
  }

  /// The option's long name, without leading dashes.
  public let key: String
  public let value: Value
  /// Counted from 1; 0 for an entry that is in no file.
  public let line: Int

  public init(_ key: String, _ value: Value, line: Int = 0) {
    self.key = key
    self.value = value
    self.line = line
  }
}

/// What a file may contain: the options of a command by their long names.
public struct ConfigSchema: Equatable, Sendable {
  /// Those that take a value.
  public let options: Set<String>
  /// Those that are true or false.
  public let flags: Set<String>

  public init(options: Set<String>, flags: Set<String>) {
    self.options = options
    self.flags = flags
  }

  var names: [String] { options.union(flags).sorted() }
}
