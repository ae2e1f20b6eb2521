import Limits

/// An error in a requested experiment, or one that stops it; the description says what to do.
public enum ExperimentError: Error, Equatable, Sendable {
  /// There is no `kind` ("variant", "recipe", "backbone" ...) called `name`.
  case unknownName(kind: String, name: String, known: [String], nearest: String?)
  /// The value given for `option` is invalid.
  case invalidValue(option: String, value: String, expected: String)
  /// A step, together with the cache of decoded images, does not fit into memory.
  case tooLarge(MemoryNeed, MemoryLimit)
  /// The checkpoint lacks something needed to rebuild its model, or contradicts itself.
  case foreignCheckpoint(path: String, reason: String)
  /// The model looks at annotated places, which plain image files lack.
  case noPlaces(path: String, variant: String)
  /// An option contradicts what the checkpoint says of itself.
  case contradicted(path: String, is: String, option: String)
  /// The file holds a backbone, but not the heads of a whole network.
  case unfitHeads(path: String, backbone: String, found: String, advice: String)
  /// The checkpoint was trained on classes other than the dataset's.
  case otherClasses(path: String, expected: [String], found: [String])
  /// The file's head has a different number of classes than the dataset.
  case otherClassCount(path: String, classes: Int, dataset: String, found: Int)
  /// The requested model of an earlier run was not kept, or its file is gone.
  case modelNotKept(runID: String, path: String)
  /// The state of an interrupted run cannot be read: its file is incomplete or damaged.
  case damagedState(path: String, reason: String)
  /// This command cannot resume the interrupted run from its state.
  case foreignState(path: String, reason: String)
  /// The folder holds the state of an interrupted run that this command does not include.
  case otherRunUnderWay(runID: String, path: String)
  /// The model in this file produces infinite or NaN logits.
  case notFinite(path: String)
  /// The groups of a batch cannot be divided evenly among the ranks.
  case unevenGroups(batch: Int, groups: Int, ranks: Int)
  /// The ranks of one training were started differently; `found` lists what each of them has.
  case ranksDiffer(what: String, found: [RankSetup.Found])
  /// After the same steps, the weights of some ranks differ from those of rank 0.
  case otherWeights(epoch: Int, ranks: [Int])
  /// All requested runs diverged: their losses became infinite or NaN.
  case diverged(runIDs: [String])
  /// A stop was requested; everything that was finished is on disk.
  case interrupted

  /// The kind of cause, which determines the program's exit code.
  public enum Fault: Sendable { case usage, data, notFinite, interruption }

  public var fault: Fault {
    switch self {
    case .noPlaces, .contradicted, .unknownName, .invalidValue, .tooLarge, .modelNotKept, .otherRunUnderWay,
      .unevenGroups, .ranksDiffer:
      .usage
    case .damagedState, .foreignState, .foreignCheckpoint, .unfitHeads, .otherClasses, .otherClassCount,
      .otherWeights:
      .data
    case .notFinite, .diverged: .notFinite
    case .interrupted: .interruption
    }
  }
}

extension ExperimentError: CustomStringConvertible {
  public var description: String {
    switch self {
    case .unknownName(let kind, let name, let known, let nearest):
      let hint = nearest.map { "; did you mean \"\($0)\"?" } ?? "."
      return "There is no \(kind) \"\(name)\". Known: \(known.joined(separator: ", "))\(hint)"
    case .invalidValue(let option, let value, let expected):
      return "\(option) \(value.isEmpty ? "(no value)" : value) is not valid: expected \(expected)."
    case .tooLarge(let need, let limit):
      let cached = need.cachedBytes > 0 ? ", plus up to \(gibibytes(need.cachedBytes)) for --cache-images" : ""
      let smaller: String? =
        switch need.step {
        case _ where need.stepBytes <= limit.bytes: "choose a smaller --cache-images"
        case .training: "choose a smaller --bn-batch, --batch, --size or --backbone"
        case .test: "choose a smaller --size"
        case .sample: "choose fewer --sample-images or a smaller --size"
        case .export: nil
        }
      let ways = [smaller, limit.source == .machine ? nil : "raise that limit"].compactMap(\.self)
      return
        "A \(need.step.rawValue) would need about \(gibibytes(need.stepBytes)) of memory\(cached), but \(limit): "
        + "\(ways.isEmpty ? "use a machine with more" : ways.joined(separator: ", or "))."
    case .foreignCheckpoint(let path, let reason):
      return "\(path) is not a checkpoint of \"bench train\": \(reason). Name the file that it wrote."
    case .noPlaces(let path, let variant):
      return
        "\(path) is a model of the variant \(variant), which looks at annotated places, but image files have none: "
        + "test it on a dataset with bench evaluate, or name another checkpoint."
    case .contradicted(let path, let found, let option):
      return "\(path) is \(found), which \(option) contradicts: leave the option out, or name another checkpoint."
    case .unfitHeads(let path, let backbone, let found, let advice):
      return "\(path) is not a complete network on \(backbone): it has \(found). \(advice)"
    case .otherClasses(let path, let expected, let found):
      return "\(path) was trained on \(expected.count) classes (\(abbreviated(expected))), but the dataset has "
        + "\(found.count) (\(abbreviated(found))): select the same ones with --dataset and --classes."
    case .otherClassCount(let path, let classes, let dataset, let found):
      return
        "\(path) has \(classes) classes, but the dataset \"\(dataset)\" has \(found): name the dataset that "
        + "it was trained on with --dataset and --classes, or train a head for this one with bench train --weights."
    case .modelNotKept(let runID, let path):
      return
        "The run \(runID) is trained up to that epoch already, but the model is missing: \(path). Train it again with "
        + "another --out, or "
        + "continue in this folder with \"bench ablation\" without --checkpoints and --keep."
    case .damagedState(let path, let reason):
      return "\(path) is damaged, so its run starts over: \(reason)."
    case .foreignState(let path, let reason):
      return
        "Cannot resume from \(path), the state of an interrupted run: \(reason). Resume with the command and the "
        + "version of bench that wrote it, or remove the file to start the run over."
    case .otherRunUnderWay(let runID, let path):
      return
        "The run \(runID) was interrupted in this folder, but this command does not include it: repeat the command "
        + "that does, or remove \(path) to discard its progress."
    case .notFinite(let path):
      return
        "\(path) gives logits that are infinite or NaN: its training diverged. Use an earlier checkpoint, or train "
        + "again with a smaller learning rate."
    case .unevenGroups(let batch, let groups, let ranks):
      return
        "A batch of \(batch) images is \(groups) normalisation \(groups == 1 ? "group" : "groups"), which cannot be "
        + "divided evenly among \(ranks) ranks. Start a number of ranks that divides \(groups), or change the groups "
        + "with --batch and --bn-batch (images per group); both affect the results."
    case .ranksDiffer(let what, let found):
      let list = found.map { "\($0.value) on \($0.places)" }.joined(separator: "; ")
      return
        "All ranks of a training need the same \(what): \(list). Start all of them with one command and one program"
        + (what == RankSetup.instructionSet ? ", or choose what all CPUs have: mpirun -x S3N_ISA=avx2." : ".")
    case .otherWeights(let epoch, let ranks):
      return
        "After epoch \(epoch + 1), the weights of \(ranks.map { "rank \($0)" }.joined(separator: ", ")) are not "
        + "bit-identical to those of rank 0: a hardware fault, or a bug in bench. Repeat the command to resume from "
        + "the last save."
    case .diverged(let runIDs):
      return
        "The training diverged (\(abbreviated(runIDs))): a loss became infinite or NaN. It has no accuracy and no "
        + "model. Train again with a smaller --lr."
    case .interrupted:
      return "Interrupted."
    }
  }
}

private func abbreviated(_ names: [String]) -> String {
  names.prefix(3).joined(separator: ", ") + (names.count > 3 ? ", ..." : "")
}
