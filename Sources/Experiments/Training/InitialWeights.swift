import Files
import Foundation
import Layers
import Models
import Records
import WeightFiles

/// A weight file that models start from, such as a backbone pretrained on ImageNet.
public struct InitialWeights: Sendable {
  public let path: String
  /// The file's name and a hash of its contents, which represent it among the overrides.
  public let label: String
  private let dict: StateDict
  private let backbone: ResNetConfiguration

  /// Opens `path` and checks that it holds weights of `backbone`; throws `WeightFileError` and `ModelError`.
  public init(_ path: String, for backbone: ResNetConfiguration) throws {
    dict = try WeightFile(reading: path).networkState(ignoring: [releasedDuplicate])
    self.path = path
    self.backbone = backbone
    try ModuleState.requireWeights(dict.tensors, path: path, of: backbone, among: ResNetConfiguration.known)
    let url = URL(fileURLWithPath: path)
    let hash: String
    do throws(ReadFailure) { hash = try readWhole(path).withUnsafeBytes(stableHash) } catch {
      throw WeightFileError.cannotRead(path: path, reason: error.reason)
    }
    label = "\(url.lastPathComponent):\(hash.prefix(8))"
  }

  /// The backbone built into the program, for recipes that start from it.
  public static func embedded() throws -> InitialWeights {
    let bytes = EmbeddedBackbone.bytes
    return try InitialWeights(embedded: WeightFile(safetensors: bytes, named: EmbeddedBackbone.name), bytes)
  }

  private init(embedded file: WeightFile, _ bytes: [UInt8]) throws {
    dict = try file.networkState(ignoring: [])
    (path, backbone) = (file.path, EmbeddedBackbone.configuration)
    label = "\(file.path):\(bytes.withUnsafeBytes(stableHash).prefix(8))"
  }

  /// Throws `ModelError.notFinite` if a tensor that one of the cells would start from is not finite.
  func requireFinite(for cells: [Cell], _ recipe: Recipe, classes: Int) throws {
    let slots = cells.flatMap { $0.stateDictEntries(recipe, classes: classes) }
    try ModuleState.requireFinite(dict.tensors, path: path, for: slots)
  }

  /// Loads the tensors that the file has for the model; the rest keep their initial values.
  func load(into model: some Module) throws -> WeightLoadReport {
    var report = try ModuleState.load(
      dict.tensors, path: path, into: model, modelName: backbone.name, strictness: .partial,
      among: ResNetConfiguration.known)
    report.note(dict)
    return report
  }
}

/// The name prefix of the layer that the released code saves twice: a copy of the raw classifier's weights.
public let releasedDuplicate = "map_origin."
