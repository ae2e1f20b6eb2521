import Models
import Tensors
import WeightFiles

/// One batch through a model, computed in double precision by an independent implementation of the method.
public struct GoldenBundle {
  public static let format = "s3n-golden/1"

  public enum Model: String, CaseIterable { case s3n, resnet }
  public enum Mode: String, CaseIterable { case train, eval }

  public let path: String
  public let model: Model
  public let mode: Mode
  public let backbone: ResNetConfiguration
  public let classes: Int
  public let p: Int
  public let floor: Float
  public let radius: Float
  public let radiusInverse: Float
  /// The label's share of the target in the losses with label smoothing.
  public let keep: Double
  public let baseLearningRate: Double
  public let momentum: Double
  public let weightDecay: Double
  /// SGD steps on the batch before the `after` tensors.
  public let steps: Int
  /// (N, H, W, 3)
  public let images: Tensor
  public let labels: [Int]
  /// The random draws (N, peaks) for p = 1.
  public let uniform: Tensor
  let file: SafetensorsFile

  public init(reading path: String) throws {
    self.path = path
    file = try SafetensorsFile(reading: path)
    let metadata = Metadata(path: path, values: file.metadata)
    let format = try metadata.text("format")
    guard format == Self.format else { throw metadata.error("metadata format", Self.format, format) }

    model = try metadata.choice("model")
    mode = try metadata.choice("mode")
    let layers = try metadata.text("layers").split(separator: ",", omittingEmptySubsequences: false).map(String.init)
    let counts = layers.compactMap(Int.init).filter { (1...64).contains($0) }
    guard counts.count == layers.count, counts.count == 4 else {
      throw metadata.error("metadata layers", "four numbers from 1 to 64", layers.joined(separator: ","))
    }
    backbone = ResNetConfiguration(
      name: "bundle", block: try metadata.choice("block"), layers: counts,
      width: try metadata.integer("width", in: 1...256))
    classes = try metadata.integer("classes", in: 1...100_000)
    let size = try metadata.integer("size", in: 1...4096)
    let batch = try metadata.integer("batch", in: 1...1024)
    p = try metadata.integer("p", in: 0...2)
    floor = Float(try metadata.number("floor"))
    radius = Float(try metadata.number("radius"))
    radiusInverse = Float(try metadata.number("radius_inv"))
    baseLearningRate = try metadata.number("base_lr")
    momentum = try metadata.number("momentum")
    weightDecay = try metadata.number("weight_decay")
    steps = mode == .train ? try metadata.integer("steps", in: 1...1000) : 0
    keep = try metadata.number("keep")
    guard keep <= 1 else { throw metadata.error("metadata keep", "a share from 0 to 1", "\(keep)") }

    let nchw = try file.tensor("input.image")
    guard nchw.shape == [batch, 3, size, size] else {
      throw metadata.error("input.image", "a shape of \([batch, 3, size, size])", "\(nchw.shape)")
    }
    images = nchw.permuted([0, 2, 3, 1])
    labels = try file.integers("input.target").map(Int.init)
    guard labels.count == batch, labels.allSatisfy((0..<classes).contains) else {
      throw metadata.error("input.target", "\(batch) labels from 0 to \(classes - 1)", "\(labels)")
    }
    uniform = try file.tensor("input.uniform")
    guard uniform.shape.count == 2, uniform.shape[0] == batch else {
      throw metadata.error("input.uniform", "a shape of (\(batch), peaks)", "\(uniform.shape)")
    }
  }

  /// Names of the tensors that start with one of the prefixes, in file order.
  func names(_ prefixes: String...) -> [String] {
    file.entries.map(\.name).filter { name in prefixes.contains { name.hasPrefix($0) } }
  }

  func error(_ place: String, expected: String, found: String) -> ParityError {
    .notABundle(path: path, place: place, expected: expected, found: found)
  }
}

/// The bundle's settings, each validated when it is read.
private struct Metadata {
  let path: String
  let values: [String: String]

  func error(_ place: String, _ expected: String, _ found: String) -> ParityError {
    .notABundle(path: path, place: place, expected: expected, found: found)
  }

  func text(_ key: String) throws -> String {
    guard let value = values[key] else { throw error("metadata", "an entry \"\(key)\"", "none") }
    return value
  }

  func choice<Choice: RawRepresentable<String> & CaseIterable>(_ key: String) throws -> Choice {
    let value = try text(key)
    if let choice = Choice(rawValue: value) { return choice }
    throw error("metadata \(key)", Choice.allCases.map(\.rawValue).joined(separator: " or "), value)
  }

  func integer(_ key: String, in range: ClosedRange<Int>) throws -> Int {
    let value = try text(key)
    if let number = Int(value), range.contains(number) { return number }
    throw error("metadata \(key)", "a whole number from \(range.lowerBound) to \(range.upperBound)", value)
  }

  func number(_ key: String) throws -> Double {
    let value = try text(key)
    if let number = Double(value), number.isFinite, number >= 0 { return number }
    throw error("metadata \(key)", "a finite number, 0 or more", value)
  }
}
