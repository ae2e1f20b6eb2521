import Datasets
import Operators

/// The cells of a response map over the image that it was made of, both square.
///
/// The middles of the corner cells lie on those of the corner pixels (align_corners = true).
public struct CellGrid: Equatable, Sendable, Codable {
  public typealias Point = Annotation.Point

  /// Cells along one side.
  public let side: Int
  /// Pixels along one side of the image.
  public let pixels: Int

  public init(side: Int, pixels: Int) {
    precondition(side > 1 && pixels > 1, "a grid needs cells and pixels")
    (self.side, self.pixels) = (side, pixels)
  }

  /// The width of a cell, in pixels.
  public var cell: Double { Double(pixels - 1) / Double(side - 1) }

  /// The middle of a cell, in pixels from the image's top left corner.
  public func place(row: Int, column: Int) -> Point { Point(Double(column), Double(row)) * cell + 0.5 }

  public func place(of peak: Peak) -> Point { place(row: peak.row, column: peak.column) }

  /// The cell that a point of the image lies in.
  func cell(at point: Point) -> (row: Int, column: Int) {
    let cell = ((within(point) - 0.5) / cell).rounded(.toNearestOrEven)
    return (Int(cell.y), Int(cell.x))
  }

  /// The image's middle.
  public var centre: Point { Point(repeating: Double(pixels) / 2) }

  /// Whether a point lies in the cell around `place`.
  public func cell(around place: Point, holds point: Point) -> Bool {
    // Places come from whole cells and 32-bit fractions: a thousandth of a pixel is rounding.
    let off = point - place
    return max(abs(off.x), abs(off.y)) <= cell / 2 + 1e-3
  }

  /// The nearest point where the middle of a cell can lie.
  func within(_ point: Point) -> Point {
    point.clamped(lowerBound: Point(repeating: 0.5), upperBound: Point(repeating: Double(pixels) - 0.5))
  }
}
