/// The order in which two programs run so that changes of the machine affect both alike: A B, B A, A B ...
public enum Alternation {
  public enum Turn: Sendable, Equatable { case baseline, now }

  public static func turns(rounds: Int) -> [Turn] {
    (0..<rounds).flatMap { $0 % 2 == 0 ? [Turn.baseline, .now] : [.now, .baseline] }
  }

  /// The fewest rounds with which the Mann-Whitney U test can be significant at 0.002, one-sided: all times of one
  /// program exceed all of the other's with probability 1 / (2n choose n).
  public static let fewestRounds = 6
}
