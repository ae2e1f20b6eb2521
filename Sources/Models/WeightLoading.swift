import Layers
import Tensors
import WeightFiles

/// What became of each tensor when weights were loaded into a model.
public struct WeightLoadReport: Sendable, Equatable {
  /// Tensors of the model that the file filled, by state-dict name.
  public var loaded: [String] = []
  /// Tensors of the model that the file does not have: they keep their initial values.
  public var absent: [String] = []
  /// Tensors whose shape in the file is not the model's: they keep their initial values.
  public var wrongShape: [(name: String, expected: [Int], found: [Int])] = []
  /// Tensors of the file that the model has no place for.
  public var unused: [String] = []

  public static func == (a: Self, b: Self) -> Bool {
    a.loaded == b.loaded && a.absent == b.absent && a.unused == b.unused
      && a.wrongShape.elementsEqual(b.wrongShape) { $0 == $1 }
  }
}

/// Weights that do not belong to the model.
public enum ModelError: Error, CustomStringConvertible, Equatable {
  case foreignWeights(path: String, model: String, reason: String)

  public var description: String {
    switch self {
    case .foreignWeights(let path, let model, let reason):
      "\(path): these are not weights of \(model): \(reason). "
        + "Choose the backbone that they belong to with --backbone, or another file with --weights."
    }
  }
}

extension ModuleState {
  /// How much of a model a file must fill.
  public enum Demand: Sendable {
    /// Every tensor, as for a checkpoint.
    case all
    /// What there is of the backbone; other tensors start afresh. A backbone tensor of another shape is an error.
    case whatThereIs
  }

  /// Fills the model from a file under torchvision's or the released code's names and tells what became of each tensor.
  public static func load(
    _ tensors: [StoredTensor], path: String, into module: some Module, modelName: String, demand: Demand
  ) throws -> WeightLoadReport {
    var report = WeightLoadReport()
    var stored: [String: StoredTensor] = [:]
    for tensor in tensors { stored[releasedName(tensor.name)] = tensor }
    var used: Set<String> = []

    func take(_ name: String, shape: [Int]) throws -> Tensor? {
      guard let found = stored[name] else {
        report.absent.append(name)
        return nil
      }
      used.insert(name)
      guard found.shape == shape else {
        report.wrongShape.append((name, shape, found.shape))
        return nil
      }
      report.loaded.append(name)
      return try found.tensor()
    }

    var parameters: [(Parameter, Tensor)] = []
    for parameter in module.parameters {
      guard let tensor = try take(parameter.name, shape: shape(of: parameter)) else { continue }
      parameters.append((parameter, imported(tensor, parameter)))
    }
    var buffers: [(Buffer, Tensor)] = []
    for buffer in module.buffers {
      guard let tensor = try take(buffer.name, shape: buffer.value.shape) else { continue }
      buffers.append((buffer, tensor))
    }
    report.unused = tensors.map { releasedName($0.name) }
      .filter { !used.contains($0) && !$0.hasSuffix("num_batches_tracked") }

    if let reason = objection(to: report, demand) {
      throw ModelError.foreignWeights(path: path, model: modelName, reason: reason)
    }
    for (parameter, tensor) in parameters { parameter.value = tensor }
    for (buffer, tensor) in buffers { buffer.value = tensor }
    return report
  }

  private static func objection(to report: WeightLoadReport, _ demand: Demand) -> String? {
    if report.loaded.isEmpty {
      let example = report.unused.first.map { " (it has \($0), for one)" } ?? ""
      return "none of its tensors is in the file\(example)"
    }
    let wrong = report.wrongShape.first { demand == .all || $0.name.hasPrefix("features.") }
    if let wrong { return "\(wrong.name) has the shape \(wrong.found), expected \(wrong.expected)" }
    guard demand == .all, let absent = report.absent.first else { return nil }
    return "\(report.absent.count) tensors are absent, \(absent) first"
  }
}
