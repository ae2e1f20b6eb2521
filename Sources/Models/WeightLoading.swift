import Layers
import Tensors
import WeightFiles

extension ModuleState {
  /// How much of a model a file must provide.
  public enum Strictness: Sendable {
    /// Every tensor, as for a checkpoint.
    case strict
    /// At least one; tensors without a match keep their initial values. A backbone tensor of another shape is an error.
    case partial
  }

  /// Loads a file's tensors, under torchvision's or the released code's names, and reports what happened to each.
  ///
  /// Throws `foreignWeights`, or `notFinite` if a tensor to be loaded has non-finite elements or negative variances.
  /// `candidates` are the backbones that an error may suggest.
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

    // Reads everything before changing anything, so that a truncated file leaves the model unchanged.
    let parameters = try module.parameters.map { parameter in
      (parameter, try read(parameter.name).map { imported($0, parameter) })
    }
    let buffers = try module.buffers.map { ($0, try read($0.name)) }
    guard flaws.isEmpty else { throw ModelError.notFinite(path: path, flaws: flaws) }
    for case (let parameter, let value?) in parameters { parameter.value = value }
    for case (let buffer, let value?) in buffers { buffer.value = value }
    return report
  }

  /// Throws `foreignWeights` if these tensors do not fill enough of `backbone`, or are all of another one.
  public static func requireWeights(
    _ tensors: [StoredTensor], path: String, of backbone: ResNetConfiguration, among candidates: [ResNetConfiguration]
  ) throws(ModelError) {
    let report = WeightLoadReport(of: tensors, for: backbone.stateDictEntries)
    try require(report, .partial, of: backbone.name, tensors, path: path, among: candidates)
    // A smaller network's blocks have the same names in a larger one, and vice versa.
    let unusedOfBackbone = report.unused.count { $0.hasPrefix("features.") }
    if let guess = NetworkGuess(of: tensors, among: candidates), guess.isWhole, guess.backbone != backbone,
      unusedOfBackbone > 0 || !report.absent.isEmpty
    {
      throw .foreignWeights(
        path: path, model: backbone.name,
        reason: "\(report.absent.count) of its tensors are absent, and \(unusedOfBackbone) in the file have no place",
        nearest: guess.backbone.name)
    }
  }

  /// Throws `foreignWeights` if the tensors do not fill every slot of a model.
  ///
  /// Checked before building a model whose size comes from a file: the file must hold as much as the model needs.
  public static func requireAll(
    _ tensors: [StoredTensor], path: String, for slots: [StateDictEntry], modelName: String,
    among candidates: [ResNetConfiguration] = ResNetConfiguration.all
  ) throws(ModelError) {
    let report = WeightLoadReport(of: tensors, for: slots)
    try require(report, .strict, of: modelName, tensors, path: path, among: candidates)
  }

  /// Throws `notFinite` if a tensor to be loaded into these slots has non-finite elements or negative variances.
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
      let example = report.unused.first.map { " (which has \(report.nameInFile($0)), for example)" } ?? ""
      return "none of its tensors is in the file\(example)"
    }
    guard strictness == .strict, let absent = report.absent.first else { return nil }
    return report.absent.count == 1
      ? "\(report.fullName(absent)) is absent"
      : "\(report.absent.count) tensors are absent, such as \(report.fullName(absent))"
  }
}
