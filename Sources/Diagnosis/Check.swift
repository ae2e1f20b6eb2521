/// The finding about one part of the machine or of the program's environment.
public struct Check: Equatable, Sendable, Encodable {
  public enum Status: String, Sendable, Encodable, CaseIterable { case ok, warning, error }

  /// The part that was checked, such as "memory".
  public let topic: String
  public let status: Status
  public let text: String
  /// What to do about it; nil if all is well.
  public let advice: String?

  static func ok(_ topic: String, _ text: String) -> Check {
    Check(topic: topic, status: .ok, text: text, advice: nil)
  }

  /// Something works less well than it could.
  static func warning(_ topic: String, _ text: String, _ advice: String) -> Check {
    Check(topic: topic, status: .warning, text: text, advice: advice)
  }

  /// Something does not work.
  static func error(_ topic: String, _ text: String, _ advice: String) -> Check {
    Check(topic: topic, status: .error, text: text, advice: advice)
  }
}
