/// A point on the causal curve of one saliency map of one image: a row of curves.csv.
public struct CurveRow: CSVRow, Equatable, Codable {
  public static let columns: [CSVColumn<Self>] = [
    .init("image", \.image), .init("map", \.map), .init("curve", \.curve), .init("area", \.area),
    .init("share", \.share), .init("probability", \.probability),
  ]
  public static var blank: Self { Self(image: "", map: "", curve: "", area: 0, share: 0, probability: 0) }

  public var image: String
  public var map: String
  /// deletion, where a smaller area is better, or insertion, where a larger one is.
  public var curve: String
  /// The area under the whole curve of probability over the share of pixels; the same in all of its points.
  public var area: Double
  /// The share of the pixels that are changed, from 0 to 1.
  public var share: Double
  /// Of the class that the model predicts for the unchanged image.
  public var probability: Float

  public init(image: String, map: String, curve: String, area: Double, share: Double, probability: Float) {
    (self.image, self.map, self.curve, self.area) = (image, map, curve, area)
    (self.share, self.probability) = (share, probability)
  }
}
