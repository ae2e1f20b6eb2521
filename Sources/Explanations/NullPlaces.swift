import Datasets
import Tensors

/// Places that say nothing of what a model has learned, as many as it looks at: what its own are held against.
public enum NullPlaces: String, CaseIterable, Sendable {
  /// Distinct cells, drawn evenly.
  case random
  /// The image's middle, as often as need be.
  case centre
  /// Where the model looks in other images of the class, moved and stretched from their boxes into this one's.
  case classMates = "class mates"

  /// Draws over which a null is averaged.
  static let draws = 10

  /// As many places as an image has peaks, for one of several draws; nil where there is no other image of the class, or no
  /// box. What is drawn hangs on the image's number and `draw` alone.
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
  /// The places of its peaks, the strongest first, equals in row-major order.
  func places(_ set: PeakSet, on grid: CellGrid) -> [Annotation.Point] {
    let peaks = peaks[set] ?? []
    let order = peaks.indices.sorted { (-peaks[$0].strength, $0) < (-peaks[$1].strength, $1) }
    return order.map { grid.place(of: peaks[$0]) }
  }
}

extension Annotation.Box {
  /// Where a point that lies in another box's coordinates lies in this one's.
  func place(of point: Annotation.Point, in other: Annotation.Box) -> Annotation.Point {
    let share = (point - Annotation.Point(other.x, other.y)) / Annotation.Point(other.width, other.height)
    return Annotation.Point(x, y) + share * Annotation.Point(width, height)
  }
}
