import Foundation

/// A range with round ends that holds given values, and its tic interval.
struct Axis: Equatable {
  let range: ClosedRange<Double>
  let step: Double

  /// An axis for `values` within `limits`, or for all of `limits` without values; about `tics` intervals, at least two.
  init(holding values: [Double], within limits: ClosedRange<Double>, tics: Int) {
    let low = values.min() ?? limits.lowerBound
    let high = values.max() ?? limits.upperBound
    let span = max(high - low, 0.01 * (limits.upperBound - limits.lowerBound))
    let rough = span / Double(max(tics, 2))
    let power = pow(10, floor(log10(rough)))
    let step = power * ([1, 2, 2.5, 5].first { $0 * power >= rough } ?? 10)
    // A margin keeps points off the frame.
    let lower = max(limits.lowerBound, floor((low - 0.2 * step) / step) * step)
    let upper = min(limits.upperBound, ceil((high + 0.2 * step) / step) * step)
    range = lower...max(lower + step, upper)
    self.step = step
  }

  var length: Double { range.upperBound - range.lowerBound }

  /// Its tics for gnuplot; positive ones have a sign.
  var signedTics: String {
    stride(from: range.lowerBound, through: range.upperBound, by: step).map { place in
      "'\(place > 0 ? "+" : "")%g' \(place)"
    }.joined(separator: ", ")
  }
}
