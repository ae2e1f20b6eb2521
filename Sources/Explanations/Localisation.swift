import Datasets

/// How well the places that are looked at in one image fit what is annotated there.
public struct Localisation: Sendable {
  public typealias Point = Annotation.Point

  /// The share of places inside the box; nil without places or box.
  public let insideBox: Double?
  private let places: [Point]
  private let annotation: Annotation
  private let grid: CellGrid

  /// For places in the image's pixels, the strongest first.
  public init(_ places: [Point], _ annotation: Annotation, _ grid: CellGrid) {
    (self.places, self.annotation, self.grid) = (places, annotation, grid)
    insideBox = annotation.box.flatMap { box in Self.share(of: places) { box.distance(to: $0) == 0 } }
  }

  /// The length that distances and tolerances are measured by: the box's longer side, in pixels.
  private var unit: Double? { annotation.box.map { max($0.width, $0.height) } }

  private var visibleParts: [Point] { annotation.parts.compactMap { $0 } }

  /// From a part to the nearest place, in longer sides of the box; nil for a part that is not seen, and without places or box.
  public func distance(toPart part: Int) -> Double? {
    guard let unit, let point = annotation.parts[part] else { return nil }
    return places.map { length($0 - point) / unit }.min()
  }

  /// The mean of these distances over the parts that are seen.
  public var meanPartDistance: Double? {
    let distances = annotation.parts.indices.compactMap(distance(toPart:))
    return distances.isEmpty ? nil : distances.reduce(0, +) / Double(distances.count)
  }

  /// Whether some place lies within `tolerance` longer sides of the box from a part, or is the part's own cell: a grid says no
  /// more. Nil for a part that is not seen, and without a box.
  public func isLookedAt(part: Int, within tolerance: Double) -> Bool? {
    guard unit != nil, let point = annotation.parts[part] else { return nil }
    return places.contains { isHit($0, point, within: tolerance) }
  }

  /// The share of the parts that are seen which are looked at; nil if none is seen.
  public func partRecall(within tolerance: Double) -> Double? {
    guard unit != nil else { return nil }
    return Self.share(of: visibleParts) { part in places.contains { isHit($0, part, within: tolerance) } }
  }

  /// The share of places at some part that is seen; nil without places, parts or box.
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

  /// Whether the strongest place hits the box, or is off by no more than the tolerance (the pointing game of Zhang et al.,
  /// ECCV 2016); nil without a box.
  public func pointsAtBox(within tolerance: PointingTolerance) -> Bool? {
    annotation.box.map { box in
      places.first.map { box.distance(to: $0) <= tolerance.pixels(of: grid.pixels) } ?? false
    }
  }

  /// The same for the parts that are seen; nil if none is.
  public func pointsAtPart(within tolerance: PointingTolerance) -> Bool? {
    guard !visibleParts.isEmpty else { return nil }
    guard let first = places.first else { return false }
    return visibleParts.contains { length($0 - first) <= tolerance.pixels(of: grid.pixels) }
  }
}

/// How far the pointing game lets a hit be off.
public struct PointingTolerance: Equatable, Sendable {
  /// In pixels of an image of 224 x 224.
  public let pixelsOf224: Double

  public static let standard = PointingTolerance(pixelsOf224: 15)

  /// The same share of an image of `side` x `side`.
  func pixels(of side: Int) -> Double { pixelsOf224 * Double(side) / 224 }
}

extension Annotation.Box {
  /// How far a point lies from the box; 0 inside.
  func distance(to point: Annotation.Point) -> Double {
    let low = Annotation.Point(x, y)
    let high = low + Annotation.Point(width, height)
    return length(point - point.clamped(lowerBound: low, upperBound: high))
  }
}

func length(_ vector: Annotation.Point) -> Double { (vector * vector).sum().squareRoot() }
