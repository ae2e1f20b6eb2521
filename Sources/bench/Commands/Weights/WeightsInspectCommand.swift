import ArgumentParser
import Experiments
import Files
import Foundation
import Models
import Records
import WeightFiles

struct WeightsInspectCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "inspect",
    abstract: "List the tensors in a file: name, type, shape, mean, standard deviation, and use.",
    discussion: """
      Each tensor has its name in the file and, if different, in the released code. Its use is in the backbone that \
      the file most resembles, or in the one named by --backbone, and in the heads that the file has.
      """)

  @Argument(help: "File to inspect: .safetensors, .pth or .pt.")
  var file: String

  @Option(help: "Show use in this backbone: \(ResNetConfiguration.known.map(\.name).joined(separator: ", ")).")
  var backbone: String?

  @OptionGroup var entry: EntryOption

  @Flag(help: "Print only the summary below the table.")
  var brief = false

  func run() throws {
    let chosen = try backbone.map { name throws in try ResNetConfiguration.named(name) }
    let weights = try WeightFile(reading: file, entry: entry.entry)
    let dict = try weights.networkState(ignoring: [releasedDuplicate])
    let guess = NetworkGuess(of: dict.tensors, among: ResNetConfiguration.known)
    let tensors = guess?.namingHead(of: dict.tensors) ?? dict.tensors
    var report = WeightLoadReport(of: tensors, for: slots(guess, chosen ?? guess?.backbone))
    report.origin = dict.origin
    let rows = try tensors.map { tensor throws in try TensorInspection(tensor) }
    if !brief { print(table(zip(tensors, rows), report).text) }
    let elements = tensors.reduce(0) { $0 + $1.count }
    print("\(file): \(weights.format.rawValue), \(tensors.count) tensors\(dict.origin), \(elements) elements")
    for (key, value) in weights.metadata.sorted(by: { $0.key < $1.key }) {
      print("metadata \(printable(key)): \(printable(value))\(value.count > 200 ? "..." : "")")
    }
    let flaws = rows.compactMap(\.flaw)
    if !flaws.isEmpty { print("Not finite: \(flaws.map(\.description).joined(separator: ", "))") }
    for left in dict.leftOut { print("Left out: \(printable(left.name)), \(printable(left.reason))") }
    print("Looks like: \(guess?.summary ?? "no known network")")
    if let name = chosen?.name ?? guess?.backbone.name { print("With --backbone \(name): \(report.summary)") }
    for other in dict.origin.otherEntries { print("Another state dict: --entry \(printable(other))") }
  }

  /// Returns the entries for the file's tensors: the backbone's, and those of the heads that the file seems to have.
  private func slots(_ guess: NetworkGuess?, _ backbone: ResNetConfiguration?) -> [StateDictEntry] {
    guard let backbone else { return [] }
    switch guess?.heads {
    case .s3n(let branches, let classes):
      var configuration = S3NConfiguration(backbone: backbone, classes: classes)
      configuration.branches = branches
      return configuration.stateDictEntries
    case .linear(_, let classes): return backbone.classifierEntries(classes: classes)
    default: return backbone.stateDictEntries
    }
  }

  private func table(
    _ rows: Zip2Sequence<[StoredTensor], [TensorInspection]>, _ report: WeightLoadReport
  ) -> TextTable {
    var uses: [String: String] = [:]
    for name in report.loaded { uses[name] = "used" }
    for misfit in report.wrongShape { uses[misfit.name] = "wrong shape, \(text(misfit.expected)) expected" }
    for left in report.ignored { uses[left.name] = "ignored" }
    var table = TextTable(header: ["tensor", "released name", "type", "shape", "mean", "deviation", "use"])
    table.rows = rows.map { tensor, row in
      let name = ModuleState.releasedName(tensor.name)
      func number(_ value: Double) -> String { row.shape.contains(0) ? "" : String(format: "%.4g", value) }
      return [
        printable(tensor.nameInFile), name == tensor.nameInFile ? "" : printable(name), row.elementType.rawValue,
        text(row.shape), number(row.mean), number(row.standardDeviation),
        uses[name] ?? "not used",
      ]
    }
    return table
  }

  private func text(_ shape: [Int]) -> String {
    shape.isEmpty ? "scalar" : shape.map(String.init).joined(separator: "x")
  }
}
