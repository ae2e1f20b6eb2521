import Datasets
import Operators

/// The cells of a response map over its image, both square.
///
/// The centres of the corner cells coincide with those of the corner pixels (align_corners = true).
public struct CellGrid: Equatable, Sendable, Codable {
  public typealias Point = Annotation.Point

  /// Cells per side.
  public let side: Int
  /// Pixels per side of the image.
  public let pixels: Int

  public init(side: Int, pixels: Int) {
    precondition(side > 1 && pixels > 1, "a grid needs cells and pixels")
    (self.side, self.pixels) = (side, pixels)
  }

  /// The width of a cell, in pixels.
  public var cell: Double { Double(pixels - 1) / Double(side - 1) }

  /// The centre of a cell, in pixels from the image's top left corner.
  public func place(row: Int, column: Int) -> Point { Point(Double(column), Double(row)) * cell + 0.5 }

  public func place(of peak: Peak) -> Point { place(row: peak.row, column: peak.column) }

  /// The cell that contains a point of the image.
  func cell(at point: Point) -> (row: Int, column: Int) {
    let cell = ((within(point) - 0.5) / cell).rounded(.toNearestOrEven)
    return (Int(cell.y), Int(cell.x))
  }

  /// The image's centre.
  public var centre: Point { Point(repeating: Double(pixels) / 2) }

  /// Whether a point lies in the cell around `place`.
  public func cell(around place: Point, holds point: Point) -> Bool {
    // Places come from whole cells and 32-bit fractions: a thousandth of a pixel covers rounding.
    let off = point - place
    return max(abs(off.x), abs(off.y)) <= cell / 2 + 1e-3
  }

  /// The nearest point at which the centre of a cell can lie.
  func within(_ point: Point) -> Point {
    point.clamped(lowerBound: Point(repeating: 0.5), upperBound: Point(repeating: Double(pixels) - 0.5))
  }
}
