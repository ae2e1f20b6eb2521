import Datasets

/// How well the places looked at in one image match its annotation.
public struct Localisation: Sendable {
  public typealias Point = Annotation.Point

  /// The share of places inside the box; nil without places or box.
  public let insideBox: Double?
  private let places: [Point]
  private let annotation: Annotation
  private let grid: CellGrid

  /// `places` are in pixels of the image, the strongest first.
  public init(_ places: [Point], _ annotation: Annotation, _ grid: CellGrid) {
    (self.places, self.annotation, self.grid) = (places, annotation, grid)
    insideBox = annotation.box.flatMap { box in Self.share(of: places) { box.distance(to: $0) == 0 } }
  }

  /// The unit of distances and tolerances: the box's longer side, in pixels.
  private var unit: Double? { annotation.box.map { max($0.width, $0.height) } }

  private var visibleParts: [Point] { annotation.parts.compactMap { $0 } }

  /// Distance from a part to the nearest place, in longer sides of the box; nil for an invisible part, no places or no
  /// box.
  public func distance(toPart part: Int) -> Double? {
    guard let unit, let point = annotation.parts[part] else { return nil }
    return places.map { length($0 - point) / unit }.min()
  }

  /// The mean of these distances over the visible parts; nil if none is defined.
  public var meanPartDistance: Double? {
    let distances = annotation.parts.indices.compactMap(distance(toPart:))
    return distances.isEmpty ? nil : distances.reduce(0, +) / Double(distances.count)
  }

  /// Whether a place lies within `tolerance` longer sides of the box from a part, or in the part's own cell, the limit
  /// of the grid's resolution. Nil if the part is not visible, and without a box.
  public func isLookedAt(part: Int, within tolerance: Double) -> Bool? {
    guard unit != nil, let point = annotation.parts[part] else { return nil }
    return places.contains { isHit($0, point, within: tolerance) }
  }

  /// The share of visible parts that are looked at; nil without visible parts or box.
  public func partRecall(within tolerance: Double) -> Double? {
    guard unit != nil else { return nil }
    return Self.share(of: visibleParts) { part in places.contains { isHit($0, part, within: tolerance) } }
  }

  /// The share of places at a visible part; nil without places, visible parts or box.
  public func peakPrecision(within tolerance: Double) -> Double? {
    guard unit != nil, !visibleParts.isEmpty else { return nil }
    return Self.share(of: places) { place in visibleParts.contains { isHit(place, $0, within: tolerance) } }
  }

  private func isHit(_ place: Point, _ part: Point, within tolerance: Double) -> Bool {
    length(place - part) <= tolerance * (unit ?? 0) || grid.cell(around: place, holds: part)
  }

  private static func share(of points: [Point], where isIn: (Point) -> Bool) -> Double? {
    points.isEmpty ? nil : Double(points.count(where: isIn)) / Double(points.count)
  }

  // MARK: The pointing game

  /// Whether the strongest place hits the box, or misses it by no more than the tolerance (the pointing game of Zhang
  /// et al., ECCV 2016); nil without a box.
  public func pointsAtBox(within tolerance: PointingTolerance) -> Bool? {
    annotation.box.map { box in
      places.first.map { box.distance(to: $0) <= tolerance.pixels(of: grid.pixels) } ?? false
    }
  }

  /// Whether the strongest place hits a visible part, likewise; nil if none is visible.
  public func pointsAtPart(within tolerance: PointingTolerance) -> Bool? {
    guard !visibleParts.isEmpty else { return nil }
    guard let first = places.first else { return false }
    return visibleParts.contains { length($0 - first) <= tolerance.pixels(of: grid.pixels) }
  }
}

/// The distance by which a hit may be off in the pointing game.
public struct PointingTolerance: Equatable, Sendable {
  /// In pixels of a 224 x 224 image.
  public let pixelsOf224: Double

  public static let standard = PointingTolerance(pixelsOf224: 15)

  /// The same tolerance in pixels of a `side` x `side` image.
  func pixels(of side: Int) -> Double { pixelsOf224 * Double(side) / 224 }
}

extension Annotation.Box {
  /// The distance of a point from the box; 0 inside.
  func distance(to point: Annotation.Point) -> Double {
    let low = Annotation.Point(x, y)
    let high = low + Annotation.Point(width, height)
    return length(point - point.clamped(lowerBound: low, upperBound: high))
  }
}

func length(_ vector: Annotation.Point) -> Double { (vector * vector).sum().squareRoot() }
