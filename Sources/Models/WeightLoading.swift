import Layers
import Tensors
import WeightFiles

extension ModuleState {
  /// How much of a model a file must fill.
  public enum Strictness: Sendable {
    /// Every tensor, as for a checkpoint.
    case strict
    /// What there is of the backbone; other tensors start afresh. A backbone tensor of another shape is an error.
    case partial
  }

  /// Fills the model from a file under torchvision's or the released code's names and tells what became of each tensor.
  ///
  /// Throws `foreignWeights`, and `notFinite` if a tensor that would be loaded is not.
  /// `candidates` are the backbones that an error may name as the nearest one.
  public static func load(
    _ tensors: [StoredTensor], path: String, into module: some Module, modelName: String, strictness: Strictness,
    among candidates: [ResNetConfiguration] = ResNetConfiguration.all
  ) throws -> WeightLoadReport {
    let slots =
      module.parameters.map { StateDictEntry($0.name, shape(of: $0)) }
      + module.buffers.map { StateDictEntry($0.name, $0.value.shape) }
    let report = WeightLoadReport(of: tensors, for: slots)
    try require(report, strictness, of: modelName, tensors, path: path, among: candidates)

    var stored: [String: StoredTensor] = [:]
    for tensor in tensors { stored[releasedName(tensor.name)] = tensor }
    let loaded = Set(report.loaded)
    var flaws: [TensorFlaw] = []
    func read(_ name: String) throws -> Tensor? {
      guard loaded.contains(name), let found = stored[name] else { return nil }
      let tensor = try found.tensor()
      if let flaw = found.flaw(in: tensor) { flaws.append(flaw) }
      return tensor
    }

    // All is read before anything is changed: a file that ends too soon leaves the model as it was.
    let parameters = try module.parameters.map { parameter in
      (parameter, try read(parameter.name).map { imported($0, parameter) })
    }
    let buffers = try module.buffers.map { ($0, try read($0.name)) }
    guard flaws.isEmpty else { throw ModelError.notFinite(path: path, flaws: flaws) }
    for case (let parameter, let value?) in parameters { parameter.value = value }
    for case (let buffer, let value?) in buffers { buffer.value = value }
    return report
  }

  /// Throws `foreignWeights` if a file with these tensors does not fill enough of `backbone`, or is all of another one.
  public static func requireWeights(
    _ tensors: [StoredTensor], path: String, of backbone: ResNetConfiguration, among candidates: [ResNetConfiguration]
  ) throws(ModelError) {
    let report = WeightLoadReport(of: tensors, for: backbone.stateDictEntries)
    try require(report, .partial, of: backbone.name, tensors, path: path, among: candidates)
    // The blocks of a smaller network are found in a larger one under the same names, and the other way round.
    let unusedOfBackbone = report.unused.count { $0.hasPrefix("features.") }
    if let guess = NetworkGuess(of: tensors, among: candidates), guess.isWhole, guess.backbone != backbone,
      unusedOfBackbone > 0 || !report.absent.isEmpty
    {
      throw .foreignWeights(
        path: path, model: backbone.name,
        reason: "\(report.absent.count) of its tensors are absent, and \(unusedOfBackbone) of the file have no place",
        nearest: guess.backbone.name)
    }
  }

  /// Throws `foreignWeights` if the tensors do not fill every place of a model.
  ///
  /// Asked before a model is built of a size that a file tells: the file must hold as much as the model takes.
  public static func requireAll(
    _ tensors: [StoredTensor], path: String, for slots: [StateDictEntry], modelName: String,
    among candidates: [ResNetConfiguration] = ResNetConfiguration.all
  ) throws(ModelError) {
    let report = WeightLoadReport(of: tensors, for: slots)
    try require(report, .strict, of: modelName, tensors, path: path, among: candidates)
  }

  /// Throws `notFinite` if one of the tensors that would be loaded into these places is not.
  public static func requireFinite(_ tensors: [StoredTensor], path: String, for slots: [StateDictEntry]) throws {
    let loaded = Set(WeightLoadReport(of: tensors, for: slots).loaded)
    let flaws = try tensors.filter { loaded.contains(releasedName($0.name)) }.compactMap { tensor throws in
      try tensor.flaw()
    }
    guard flaws.isEmpty else { throw ModelError.notFinite(path: path, flaws: flaws) }
  }

  private static func require(
    _ report: WeightLoadReport, _ strictness: Strictness, of model: String, _ tensors: [StoredTensor], path: String,
    among candidates: [ResNetConfiguration]
  ) throws(ModelError) {
    guard let reason = objection(to: report, strictness) else { return }
    let nearest = NetworkGuess(of: tensors, among: candidates)?.backbone.name
    throw .foreignWeights(
      path: path, model: model, reason: reason, nearest: nearest.flatMap { model.hasSuffix($0) ? nil : $0 })
  }

  private static func objection(to report: WeightLoadReport, _ strictness: Strictness) -> String? {
    let wrong = report.wrongShape.first { strictness == .strict || $0.name.hasPrefix("features.") }
    if let wrong { return "\(report.fullName(wrong.name)) has the shape \(wrong.found), expected \(wrong.expected)" }
    if report.loaded.isEmpty {
      let example = report.unused.first.map { " (it has \(report.nameInFile($0)), for one)" } ?? ""
      return "none of its tensors is in the file\(example)"
    }
    guard strictness == .strict, let absent = report.absent.first else { return nil }
    return report.absent.count == 1
      ? "\(report.fullName(absent)) is absent"
      : "\(report.absent.count) tensors are absent, \(report.fullName(absent)) first"
  }
}
