/// The number of instructions that a program executed, parsed from the output of a counting program.
public enum InstructionCount {
  /// Parses `perf stat -x ,`: the field before the event's name; nil where the machine does not count instructions.
  public static func perf(_ text: String) -> Int? {
    text.split(whereSeparator: \.isNewline).lazy.map { $0.split(separator: ",", omittingEmptySubsequences: false) }
      .first { $0.contains { $0.hasPrefix("instructions") } }?.first.flatMap { Int($0) }
  }

  /// Parses Valgrind's cachegrind: the line "I refs: 1,234".
  public static func cachegrind(_ text: String) -> Int? {
    for line in text.split(whereSeparator: \.isNewline) {
      guard let match = line.firstMatch(of: /I +refs: +([\d,]+)$/) else { continue }
      return Int(match.1.filter { $0 != "," })
    }
    return nil
  }

  /// The check of two counts of the same work.
  public static func check(_ subject: String, baseline: Int, now: Int, _ tolerance: Tolerance) -> Check {
    .ratio(.instructions, subject, baseline, now, allowed: tolerance.instructionRatio)
  }
}
