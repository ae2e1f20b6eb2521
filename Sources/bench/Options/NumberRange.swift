import ArgumentParser

/// Two numbers in one argument, the smaller one first, such as 0.5-1.
struct NumberRange: ExpressibleByArgument, Equatable {
  let range: ClosedRange<Double>

  init?(argument: String) {
    let ends = argument.split(separator: "-", omittingEmptySubsequences: false).map { Double($0) }
    guard ends.count == 2, let low = ends[0], let high = ends[1], low <= high else { return nil }
    range = low...high
  }
}
