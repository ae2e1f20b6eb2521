/// How one saliency map of one image does by a causal curve: a row of curves.csv.
public struct CurveRow: CSVRow, Equatable {
  public static let columns: [CSVColumn<Self>] = [
    .init("image", \.image), .init("map", \.map), .init("curve", \.curve), .init("area", \.area),
  ]
  public static var blank: Self { Self(image: "", map: "", curve: "", area: 0) }

  public var image: String
  public var map: String
  /// deletion, where less is better, or insertion, where more is.
  public var curve: String
  /// Under the probability of the class that was named, over the share of the pixels.
  public var area: Double

  public init(image: String, map: String, curve: String, area: Double) {
    (self.image, self.map, self.curve, self.area) = (image, map, curve, area)
  }
}
