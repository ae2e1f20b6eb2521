import Foundation
import Layers
import Models
import Records
import WeightFiles

/// A file of weights that models start from, such as a backbone pretrained on ImageNet.
public struct InitialWeights: Sendable {
  public let path: String
  /// The file's name and a hash of its contents: what stands for it among the overrides.
  public let label: String
  private let tensors: [StoredTensor]
  private let leftOut: [WeightFile.LeftOut]
  private let backbone: ResNetConfiguration

  /// Opens `path` and checks that it holds weights of `backbone`; throws `WeightFileError` and `ModelError`.
  public init(_ path: String, for backbone: ResNetConfiguration) throws {
    let dict = try WeightFile(reading: path).stateDict(ignoring: [releasedDuplicate])
    tensors = dict.tensors
    leftOut = dict.leftOut
    self.path = path
    self.backbone = backbone
    try ModuleState.requireWeights(tensors, path: path, of: backbone, among: ResNetConfiguration.known)
    let url = URL(fileURLWithPath: path)
    let hash = try Data(contentsOf: url, options: .mappedIfSafe).withUnsafeBytes(stableHash)
    label = "\(url.lastPathComponent):\(hash.prefix(8))"
  }

  /// Fills the model with what the file has of it; the rest keeps its initial values.
  func load(into model: some Module) throws -> WeightLoadReport {
    var report = try ModuleState.load(
      tensors, path: path, into: model, modelName: backbone.name, demand: .whatThereIs,
      among: ResNetConfiguration.known)
    report.ignored += leftOut
    return report
  }
}

/// What the names of a layer begin with that the released code saves twice: the raw classifier's weights once more.
public let releasedDuplicate = "map_origin."

extension WeightLoadReport {
  /// One line with the numbers, and the names of what was not loaded.
  public var summary: String {
    func named(_ names: [String], _ what: String) -> String? {
      guard !names.isEmpty else { return nil }
      let rest = names.count > 3 ? " and \(names.count - 3) more" : ""
      return "\(names.count) \(what) (\(names.prefix(3).joined(separator: ", "))\(rest))"
    }
    return [
      "\(loaded.count) tensors loaded", named(absent, "absent"), named(wrongShape.map(\.name), "of another shape"),
      named(unused, "unused"), named(ignored.map(\.name), "ignored"),
    ].compactMap { $0 }.joined(separator: ", ")
  }

  /// What became of every tensor, as CSV.
  var csv: String {
    func line(_ name: String, _ outcome: String, _ expected: [Int] = [], _ found: [Int] = []) -> String {
      func text(_ shape: [Int]) -> String { shape.map(String.init).joined(separator: "x") }
      return csvLine([name, outcome, text(expected), text(found)])
    }
    let lines =
      loaded.map { line($0, "loaded") } + absent.map { line($0, "absent") }
      + wrongShape.map { line($0.name, "wrong_shape", $0.expected, $0.found) } + unused.map { line($0, "unused") }
      + ignored.map { line($0.name, "ignored") }
    return csvLine(["tensor", "outcome", "expected_shape", "found_shape"]) + lines.joined()
  }
}
