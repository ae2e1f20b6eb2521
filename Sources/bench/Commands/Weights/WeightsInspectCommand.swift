import ArgumentParser
import Experiments
import Foundation
import Models
import Records
import WeightFiles

struct WeightsInspectCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "inspect",
    abstract: "List the tensors of a file: name, type, shape, mean, deviation, and what they would be used for.",
    discussion: """
      Names are given as the released code has them. The use is that in the backbone that the file looks like most, or \
      in the one named by --backbone, and in the heads that the file has.
      """)

  @Argument(help: "A .safetensors, .pth or .pt file.")
  var file: String

  @Option(help: "Say what this backbone would use: \(ResNetConfiguration.known.map(\.name).joined(separator: ", ")).")
  var backbone: String?

  @Flag(help: "Print only the lines below the table.")
  var brief = false

  func run() throws {
    let chosen = try backbone.map { name throws in try ResNetConfiguration.named(name) }
    let weights = try WeightFile(reading: file)
    let dict = try weights.stateDict(ignoring: [releasedDuplicate])
    let guess = NetworkGuess(of: dict.tensors, among: ResNetConfiguration.known)
    let report = WeightLoadReport(of: dict.tensors, for: slots(guess, chosen ?? guess?.backbone))
    let rows = try dict.tensors.map { tensor throws in try WeightInspection.Row(tensor) }
    if !brief { print(table(rows, report).text) }
    let elements = dict.tensors.reduce(0) { $0 + $1.count }
    print("\(file): \(weights.format.rawValue), \(dict.tensors.count) tensors, \(elements) elements")
    for (key, value) in weights.metadata.sorted(by: { $0.key < $1.key }) {
      print("metadata \(key): \(value.count > 200 ? value.prefix(200) + "..." : value)")
    }
    if let prefix = dict.removedPrefix { print("\"\(prefix)\" stands before every name and is taken off") }
    let broken = rows.filter { $0.nonFiniteCount > 0 }
    if !broken.isEmpty { print("Infinite or no numbers: \(broken.map(\.name).joined(separator: ", "))") }
    for left in dict.leftOut { print("Left out: \(left.name), \(left.reason)") }
    print("Looks like: \(guess?.summary ?? "no network that is known here")")
    if let name = chosen?.name ?? guess?.backbone.name { print("With --backbone \(name): \(report.summary)") }
  }

  /// The places for the file's tensors: the backbone's, and those of the heads that the file seems to have.
  private func slots(_ guess: NetworkGuess?, _ backbone: ResNetConfiguration?) -> [TensorSlot] {
    guard let backbone else { return [] }
    switch guess?.heads {
    case .s3n(let branches, let classes):
      var configuration = S3NConfiguration(backbone: backbone, classes: classes)
      configuration.branches = branches
      return configuration.tensorSlots
    case .linear("classifier", let classes): return backbone.classifierSlots(classes: classes)
    default: return backbone.tensorSlots
    }
  }

  private func table(_ rows: [WeightInspection.Row], _ report: WeightLoadReport) -> TextTable {
    var uses: [String: String] = [:]
    for name in report.loaded { uses[name] = "used" }
    for misfit in report.wrongShape { uses[misfit.name] = "wrong shape, \(text(misfit.expected)) expected" }
    for left in report.ignored { uses[left.name] = "ignored" }
    var table = TextTable(header: ["tensor", "type", "shape", "mean", "deviation", "use"])
    table.rows = rows.map { row in
      let name = ModuleState.releasedName(row.name)
      return [
        printable(name), row.elementType.rawValue, text(row.shape), String(format: "%.4g", row.mean),
        String(format: "%.4g", row.standardDeviation), uses[name] ?? "not used",
      ]
    }
    return table
  }

  private func text(_ shape: [Int]) -> String {
    shape.isEmpty ? "scalar" : shape.map(String.init).joined(separator: "x")
  }
}

/// A name out of a file without what would move the cursor of a terminal.
private func printable(_ name: String) -> String {
  String(
    String.UnicodeScalarView(name.unicodeScalars.prefix(200).map { $0.value < 0x20 || $0.value == 0x7F ? "?" : $0 }))
}
