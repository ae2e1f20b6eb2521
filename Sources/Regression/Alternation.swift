/// In which order two programs run so that what changes on a machine meanwhile meets both alike: A B, B A, A B ...
public enum Alternation {
  public enum Turn: Sendable, Equatable { case baseline, now }

  public static func turns(rounds: Int) -> [Turn] {
    (0..<rounds).flatMap { $0 % 2 == 0 ? [Turn.baseline, .now] : [.now, .baseline] }
  }

  /// The fewest rounds of which Mann and Whitney's test can be significant at 0.002, one-sided: all of one program's above
  /// all of the other's have probability 1 / (2n choose n).
  public static let fewestRounds = 6
}
