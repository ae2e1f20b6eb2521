import Foundation

/// A broken image that a run neither trains nor tests on: a row of left-out.csv.
public struct LeftOutRow: CSVRow, Equatable {
  public static let columns: [CSVColumn<Self>] = [.init("image", \.image), .init("reason", \.reason)]
  public static var blank: Self { Self(image: "", reason: "") }

  public var image: String
  /// What is wrong with it.
  public var reason: String

  public init(image: String, reason: String) {
    self.image = image
    self.reason = reason
  }

  /// Writes left-out.csv into `folder` if there are any rows.
  public static func write(_ rows: [LeftOutRow], to folder: URL) throws(RecordsError) {
    guard !rows.isEmpty else { return }
    try CSVTable.write(rows, to: RecordsFile.leftOut.url(in: folder))
  }
}
