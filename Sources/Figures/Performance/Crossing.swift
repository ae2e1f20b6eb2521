import Foundation

/// A point where one method becomes faster than another by more than their times vary.
struct Crossing: Equatable {
  let grid: Double
  let seconds: Double
  let winner: String
  let loser: String

  /// The crossings of each pair of lines, at grids between those on which both were measured.
  static func all(among series: [ScalingSeries]) -> [Crossing] {
    series.indices.flatMap { first in
      series.indices.dropFirst(first + 1).flatMap { second in between(series[first], series[second]) }
    }
  }

  /// All crossings in words: "Rings: FFT overtakes direct at 17, separable at 43."
  static func sentence(_ crossings: [Crossing]) -> String {
    guard !crossings.isEmpty else { return "No method overtakes another." }
    let texts = crossings.map(\.winner).unique().map { winner in
      winner + " overtakes "
        + crossings.filter { $0.winner == winner }.map { "\($0.loser) at \(Style.number($0.grid, digits: 0))" }
        .joined(separator: ", ")
    }
    return "Rings: " + texts.joined(separator: "; ") + "."
  }

  /// A method leads at a grid if the p10 to p90 ranges do not overlap there. Where the lead changes, the lines cross an
  /// odd number of times; the middle crossing represents them.
  private static func between(_ a: ScalingSeries, _ b: ScalingSeries) -> [Crossing] {
    let common = a.points.compactMap { point in b.points.first { $0.x == point.x }.map { (a: point, b: $0) } }
    var lead: (index: Int, isOfA: Bool)?
    var found: [Crossing] = []
    for (index, point) in common.enumerated() {
      let (ofA, ofB) = (point.a.time, point.b.time)
      let aLeads = ofA.p90Nanoseconds < ofB.p10Nanoseconds
      guard aLeads || ofB.p90Nanoseconds < ofA.p10Nanoseconds else { continue }
      if let before = lead, before.isOfA != aLeads {
        let places = (before.index..<index).compactMap { meeting(common[$0], common[$0 + 1]) }
        let place = places[places.count / 2]
        let (winner, loser) = aLeads ? (a, b) : (b, a)
        found.append(Crossing(grid: place.x, seconds: place.seconds, winner: winner.label, loser: loser.label))
      }
      lead = (index, aLeads)
    }
    return found
  }

  private typealias Pair = (a: ScalingSeries.Point, b: ScalingSeries.Point)

  /// Where the two lines meet between neighbouring grids, straight on doubly logarithmic axes.
  private static func meeting(_ left: Pair, _ right: Pair) -> (x: Double, seconds: Double)? {
    let (before, behind) = (log(left.a.seconds / left.b.seconds), log(right.a.seconds / right.b.seconds))
    guard (before < 0) != (behind < 0) else { return nil }
    let share = before / (before - behind)
    func along(_ from: Double, _ to: Double) -> Double { exp(log(from) + share * (log(to) - log(from))) }
    return (along(left.a.x, right.a.x), along(left.a.seconds, right.a.seconds))
  }
}
