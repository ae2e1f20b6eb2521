/// What each bird looks like, as labelled by annotators.
extension CUBAnnotations {
  /// Whether an image shows an attribute, according to one annotator.
  public struct AttributeLabel: Equatable, Sendable {
    public let isPresent: Bool
    /// The index of a certainty level, from 1.
    public let certainty: UInt8
    /// How long it took.
    public let seconds: Float
  }

  /// The attribute names, such as "has_bill_shape::dagger".
  public func attributeNames() throws(DatasetError) -> [String]? { try names(.attributeNames, "an attribute's name") }

  /// The certainty levels, from "not visible" to "definitely".
  public func certaintyNames() throws(DatasetError) -> [String]? { try names(.certainties, "a certainty's name") }

  /// The labels of all attributes, image by image.
  public func attributeLabels() throws(DatasetError) -> [AttributeLabel]? {
    guard let path = path(of: .attributeLabels), let attributes = try attributeNames()?.count,
      let certainties = try certaintyNames()?.count
    else { return nil }
    var labels: [AttributeLabel] = []
    try lines(of: path, count: imageCount * attributes, upTo: 7) { index, line in
      let (image, attribute) = (index / attributes + 1, index % attributes + 1)
      // Some lines of the published file have one or two extra numbers before the time.
      guard (5...7).contains(line.count), line[0] == Double(image), line[1] == Double(attribute),
        line[2] == 0 || line[2] == 1, let certainty = UInt8(exactly: line[3]),
        (1...certainties).contains(Int(certainty))
      else { return "\(image) \(attribute), 0 or 1, a certainty from 1 to \(certainties), and seconds" }
      labels.append(
        AttributeLabel(isPresent: line[2] == 1, certainty: certainty, seconds: Float(line[line.count - 1])))
      return nil
    }
    return labels
  }

  /// The percentage of a class's images that show an attribute, by class, then by attribute.
  public func classAttributes() throws(DatasetError) -> [[Double]]? {
    guard let path = path(of: .classAttributes), let attributes = try attributeNames()?.count else { return nil }
    var shares: [[Double]] = []
    try lines(of: path, count: classCount, upTo: attributes) { index, line in
      guard line.count == attributes, line.allSatisfy((0...100).contains) else {
        return "\(attributes) numbers from 0 to 100 for class \(index + 1)"
      }
      shares.append(line)
      return nil
    }
    return shares
  }
}
