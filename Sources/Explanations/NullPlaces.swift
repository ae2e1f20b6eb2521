import Datasets
import Tensors

/// Places unrelated to what a model has learned, as many as it looks at, to compare its own with.
public enum NullPlaces: String, CaseIterable, Sendable {
  /// Distinct cells, drawn uniformly.
  case random
  /// The image's centre, repeated.
  case centre
  /// Where the model looks in other images of the class, mapped from their boxes to this one's.
  case classMates = "class mates"

  /// Draws over which a null is averaged.
  static let draws = 10

  /// As many places as an image has peaks, for one of several draws; nil if class mates lack enough places, or without
  /// a box. Random choices depend only on the image's number and `draw`.
  func places(for image: LookedAt, _ set: PeakSet, among looks: Looks, draw: Int) -> [Annotation.Point]? {
    let count = image.peaks[set]?.count ?? 0
    let grid = looks.grid
    var generator = SeededGenerator(seed: 0, purpose: "null " + rawValue, image.sample.number, draw)
    switch self {
    case .random:
      return (0..<grid.side * grid.side).shuffled(using: &generator).prefix(count).map {
        grid.place(row: $0 / grid.side, column: $0 % grid.side)
      }
    case .centre:
      return [Annotation.Point](repeating: grid.centre, count: count)
    case .classMates:
      guard let box = image.annotation.box else { return nil }
      let mates = (looks.byClass[image.sample.label] ?? []).filter { $0.sample.number != image.sample.number }
      let places = mates.shuffled(using: &generator).lazy.flatMap { mate in
        mate.annotation.box.map { from in
          mate.places(set, on: grid).map { grid.within(box.place(of: $0, in: from)) }
        } ?? []
      }
      let found = Array(places.prefix(count))
      return found.count == count ? found : nil
    }
  }
}

extension LookedAt {
  /// The places of its peaks, the strongest first; ties in row-major order.
  func places(_ set: PeakSet, on grid: CellGrid) -> [Annotation.Point] {
    let peaks = peaks[set] ?? []
    let order = peaks.indices.sorted { (-peaks[$0].strength, $0) < (-peaks[$1].strength, $1) }
    return order.map { grid.place(of: peaks[$0]) }
  }
}

extension Annotation.Box {
  /// Maps a point from another box's coordinates to this one's.
  func place(of point: Annotation.Point, in other: Annotation.Box) -> Annotation.Point {
    let share = (point - Annotation.Point(other.x, other.y)) / Annotation.Point(other.width, other.height)
    return Annotation.Point(x, y) + share * Annotation.Point(width, height)
  }
}
