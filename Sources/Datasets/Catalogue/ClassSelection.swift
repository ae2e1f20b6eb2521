/// A selection of a dataset's classes, counted from 1 as in its own files: `1-20` or `1,5,7-9`.
public struct ClassSelection: Equatable, Sendable {
  /// The canonical form: "1-3,7" for "7, 1-2, 3".
  public let text: String
  private let ranges: [ClosedRange<Int>]

  /// Parses numbers and ranges separated by commas; throws `invalidClasses`.
  public init(_ text: String) throws(DatasetError) {
    var ranges: [ClosedRange<Int>] = []
    for part in text.split(separator: ",", omittingEmptySubsequences: false) {
      let range = try Self.range(part, of: text)
      if let taken = ranges.first(where: { $0.overlaps(range) }) {
        throw .invalidClasses(text: text, reason: "class \(max(taken.lowerBound, range.lowerBound)) is named twice")
      }
      ranges.append(range)
    }
    self.ranges = Self.joined(ranges)
    self.text = Self.text(of: self.ranges)
  }

  /// The selected class numbers in ascending order, each within 1...count; throws `invalidClasses`.
  public func numbers(of count: Int) throws(DatasetError) -> [Int] {
    if let beyond = ranges.first(where: { $0.upperBound > count }) {
      throw .invalidClasses(text: text, reason: "there is no class \(beyond.upperBound), the classes are 1-\(count)")
    }
    return ranges.flatMap(Array.init)
  }

  private static func range(_ part: Substring, of text: String) throws(DatasetError) -> ClosedRange<Int> {
    let ends = part.split(separator: "-", omittingEmptySubsequences: false)
    var bounds: [Int] = []
    for end in ends {
      let digits = end.trimming(" ")
      guard !digits.isEmpty, digits.allSatisfy({ $0.isASCII && $0.isNumber }), let value = Int(digits) else {
        throw .invalidClasses(text: text, reason: "\"\(part)\" is not a class number or a range of them")
      }
      bounds.append(value)
    }
    guard (1...2).contains(bounds.count) else {
      throw .invalidClasses(text: text, reason: "\"\(part)\" is not a class number or a range of them")
    }
    let (first, last) = (bounds[0], bounds[bounds.count - 1])
    guard first > 0 else { throw .invalidClasses(text: text, reason: "classes are counted from 1") }
    guard first <= last else {
      throw .invalidClasses(text: text, reason: "the range \(part) runs backwards, write \(last)-\(first)")
    }
    return first...last
  }
}

extension ClassSelection {
  /// Formats numbers as a selection: [1, 2, 3, 7] is "1-3,7".
  static func text(of numbers: [Int]) -> String { text(of: joined(numbers.map { $0...$0 })) }

  private static func text(of ranges: [ClosedRange<Int>]) -> String {
    ranges.map { $0.lowerBound == $0.upperBound ? "\($0.lowerBound)" : "\($0.lowerBound)-\($0.upperBound)" }
      .joined(separator: ",")
  }

  /// The same numbers in as few ranges as possible, ascending.
  private static func joined(_ ranges: [ClosedRange<Int>]) -> [ClosedRange<Int>] {
    var joined: [ClosedRange<Int>] = []
    for range in ranges.sorted(by: { $0.lowerBound < $1.lowerBound }) {
      if let last = joined.last, last.upperBound == range.lowerBound - 1 {
        joined[joined.count - 1] = last.lowerBound...range.upperBound
      } else {
        joined.append(range)
      }
    }
    return joined
  }
}

extension Substring {
  /// The text without leading and trailing `character`s.
  func trimming(_ character: Character) -> Substring {
    var rest = drop { $0 == character }
    while rest.last == character { rest.removeLast() }
    return rest
  }
}
