import Foundation

/// A range of round ends that holds some values, and the distance of its tics.
struct Axis: Equatable {
  let range: ClosedRange<Double>
  let step: Double

  /// For `values`, at least one, within `limits`; about six tics.
  init(holding values: [Double], within limits: ClosedRange<Double>) {
    let low = values.min() ?? limits.lowerBound
    let high = values.max() ?? limits.upperBound
    let span = max(high - low, 1e-3 * (limits.upperBound - limits.lowerBound))
    let rough = span / 5
    let power = pow(10, floor(log10(rough)))
    let step = power * ([1, 2, 5].first { $0 * power >= rough } ?? 10)
    // Half a step of air keeps points off the frame.
    let lower = max(limits.lowerBound, floor((low - 0.2 * step) / step) * step)
    let upper = min(limits.upperBound, ceil((high + 0.2 * step) / step) * step)
    range = lower...max(lower + step, upper)
    self.step = step
  }

  var length: Double { range.upperBound - range.lowerBound }
}
