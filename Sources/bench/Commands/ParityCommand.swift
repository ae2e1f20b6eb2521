import ArgumentParser
import Foundation
import Parity
import Records

struct ParityCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "parity",
    abstract: "Compare the engine with golden bundles, tensor by tensor.",
    discussion: """
      A bundle (format \(GoldenBundle.format)) holds one batch, the model's state, and what an independent formulation \
      of the method computes from them in double precision. Peaks must be equal; any other tensor may be off by 4 \
      times the error of float32 PyTorch plus 2e-5, relative to its largest value; in bf16, by 1.5 times the error of \
      PyTorch's bfloat16 autocast plus 0.004, for bundles that include it. Exits with 0 only if everything holds.
      """)

  @Argument(help: "Golden bundles (.safetensors files).")
  var bundles: [String]

  @OptionGroup var features: PrecisionOption

  @Option(help: "Also write the table to this CSV file.")
  var csv: String?

  @Flag(help: "Print only failing tensors and one line per bundle.")
  var quiet = false

  func run() throws {
    let file = try csv.map { try outputFile($0, option: "--csv", apartFrom: bundles) }
    let precision = features.precision ?? .fp32
    var all: [ParityRow] = []
    for path in bundles {
      let report = try ParityReport(bundle: path, precision)
      let shown = report.rows.filter { !quiet || !$0.holds }
      if !shown.isEmpty {
        let table = TextTable(
          header: [
            "tensor", "error", precision == .bf16 ? "PyTorch bfloat16" : "PyTorch float32", "allowed", "verdict",
          ],
          rows: shown.map { row in
            [
              row.tensor, Self.short(row.error), (row.referenceBF16 ?? row.reference).map(Self.short) ?? "-",
              Self.short(row.allowed), row.holds ? "holds" : "FAILS",
            ]
          })
        print(table.text)
      }
      let failing = report.rows.count { !$0.holds }
      print(
        "\(path): "
          + (failing == 0 ? "all \(report.rows.count) tensors hold" : "\(failing) of \(report.rows.count) tensors FAIL")
      )
      all += report.rows.map { ParityRow($0, of: path) }
    }
    if let file { try CSVTable.write(all, to: file) }
    if all.contains(where: { $0.verdict == .fails }) { throw ExitCode(1) }
  }

  private static func short(_ number: Double) -> String { String(format: "%.2e", number) }
}
