import Foundation
import Hashing
import Layers
import Models
import Records
import Tensors
import WeightFiles

/// A run in progress as stored on disk: weights, buffers, velocities and how far it has come, bit-exact.
///
/// One safetensors file: floats in the engine's own layouts, the rest as JSON in its metadata, all under one checksum.
final class TrainingState {
  let run: UnfinishedRun
  private let path: String
  private let progress: TrainingProgress
  /// Emptied once a trainer has them, so that memory holds them only once.
  private var tensors: [String: Tensor]

  /// Whether an epoch is finished.
  var hasFinishedEpochs: Bool { progress.place.epoch > 0 }

  private enum Key: String { case format, recipe, run, progress, sha256 }
  private static let format = "s3n-bench training state "
  /// Increases with every change after which earlier states cannot be resumed.
  private static let formatNumber = "2"

  /// Saves the state of `trainer` atomically; `run` says which rows belong to it.
  static func write(_ trainer: Trainer, _ run: UnfinishedRun, _ recipe: ResolvedRecipe, to path: String) throws {
    let tensors = tensors(of: trainer)
    var strings: [Key: String] = [
      .format: format + formatNumber, .recipe: try text(recipe), .run: try text(run),
      .progress: try text(trainer.snapshot),
    ]
    strings[.sha256] = try checksum(of: strings, tensors)
    let metadata = Dictionary(uniqueKeysWithValues: strings.map { ($0.key.rawValue, $0.value) })
    try writeSafetensors(tensors, metadata: metadata, to: path)
  }

  private static func text(_ value: some Encodable) throws -> String {
    String(decoding: try losslessJSON(value), as: UTF8.self)
  }

  /// Reads a state of a run under `recipe`; throws `damagedState`, `foreignState` and, if the file cannot be read,
  /// `RecordsError.outputUnreadable`.
  init(reading path: String, of recipe: ResolvedRecipe) throws {
    func foreign(_ reason: String) -> ExperimentError { .foreignState(path: path, reason: reason) }
    let (strings, loaded) = try Self.contents(of: path)
    if let found = strings[.format], found.hasPrefix(Self.format), found != Self.format + Self.formatNumber {
      throw foreign("it is a \"\(found)\", but this version of bench resumes from number \(Self.formatNumber)")
    }
    guard try strings[.sha256] == Self.checksum(of: strings, loaded) else {
      throw ExperimentError.damagedState(path: path, reason: "its checksum does not match its contents")
    }
    func value<Value: Decodable>(_ key: Key) throws(ExperimentError) -> Value {
      do { return try losslessJSONDecoder.decode(Value.self, from: Data((strings[key] ?? "").utf8)) } catch {
        throw foreign("its \"\(key.rawValue)\" is not what this version of bench writes")
      }
    }
    if let difference = try recipe.differences(to: value(.recipe)).first {
      throw foreign(
        "it is of a run with \(difference.key) '\(difference.others)', but this run has '\(difference.mine)'")
    }
    self.path = path
    run = try value(.run)
    progress = try value(.progress)
    tensors = Dictionary(loaded.map { ($0.name, $0.tensor) }) { first, _ in first }
  }

  private static func contents(of path: String) throws -> ([Key: String], [(name: String, tensor: Tensor)]) {
    do {
      let file = try WeightFile(reading: path)
      let strings = file.metadata.compactMap { key, value in Key(rawValue: key).map { ($0, value) } }
      return (Dictionary(uniqueKeysWithValues: strings), try file.tensors.map { ($0.name, try $0.tensor()) })
    } catch WeightFileError.cannotRead(_, let reason) {
      throw RecordsError.outputUnreadable(path: path, reason: reason)
    } catch let error as WeightFileError {
      throw ExperimentError.damagedState(path: path, reason: "\(error)")
    }
  }

  private static func checksum(of strings: [Key: String], _ tensors: [(name: String, tensor: Tensor)]) throws -> String
  {
    let hash = try SHA256()
    for (key, value) in strings.sorted(by: { $0.key.rawValue < $1.key.rawValue }) where key != .sha256 {
      hash.update("\(key.rawValue) \(value)\n")
    }
    for (name, tensor) in tensors {
      hash.update("\(name) \(tensor.shape)\n")
      tensor.withUnsafeBufferPointer { hash.update(UnsafeRawBufferPointer($0)) }
    }
    return try hash.digits
  }

  // MARK: Tensors

  private static func tensors(of trainer: Trainer) -> [(name: String, tensor: Tensor)] {
    let (model, velocities) = (trainer.model, trainer.optimizer.velocities)
    return model.parameters.map { (modelKey($0.name), $0.value) } + model.buffers.map { (modelKey($0.name), $0.value) }
      + velocities.map { (velocityKey($0.name), $0.tensor) }
  }

  private static func modelKey(_ name: String) -> String { "model." + name }
  private static func velocityKey(_ name: String) -> String { "velocity." + name }

  /// Moves the state into a trainer of the same cell; throws `foreignState` if its model is a different one.
  func restore(_ trainer: Trainer) throws(ExperimentError) {
    let wanted = Self.tensors(of: trainer)
    guard wanted.count == tensors.count, wanted.allSatisfy({ tensors[$0.name]?.shape == $0.tensor.shape }),
      trainer.goOn(from: progress)
    else { throw .foreignState(path: path, reason: "it is of a different model than this version of bench builds") }
    for parameter in trainer.model.parameters {
      if let value = tensors[Self.modelKey(parameter.name)] { parameter.value = value }
    }
    for buffer in trainer.model.buffers {
      if let value = tensors[Self.modelKey(buffer.name)] { buffer.value = value }
    }
    trainer.optimizer.velocities = trainer.optimizer.velocities.map { name, velocity in
      (name, tensors[Self.velocityKey(name)] ?? velocity)
    }
    tensors = [:]
  }
}
