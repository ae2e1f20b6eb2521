/// One peak of one explained image: a row of peaks.csv.
public struct PeakRow: CSVRow, Equatable {
  public static let columns: [CSVColumn<Self>] = [
    .init("image", \.image), .init("peak", \.peak), .init("row", \.row), .init("column", \.column),
    .init("score", \.score), .init("branch", \.branch),
  ]
  public static var blank: Self { Self(image: "", peak: 0, row: 0, column: 0, score: 0, branch: "") }

  public var image: String
  /// From 1, in row-major order.
  public var peak: Int
  /// The cell of the response map, from 0.
  public var row: Int
  public var column: Int
  /// The response there, above 0 and at most 1.
  public var score: Float
  /// The branches that enlarge it: discriminative, complementary, both or none.
  public var branch: String

  public init(image: String, peak: Int, row: Int, column: Int, score: Float, branch: String) {
    (self.image, self.peak, self.row, self.column, self.score, self.branch) = (image, peak, row, column, score, branch)
  }
}
