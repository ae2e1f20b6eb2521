import ArgumentParser
import Foundation
import Parity
import Records

struct ParityCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "parity",
    abstract: "Hold the engine against golden bundles, tensor by tensor.",
    discussion: """
      A bundle (format \(GoldenBundle.format)) holds one batch, the model's state, and what an independent statement of \
      the method computes from them in double precision. Peaks must be equal; any other tensor may be off by 4 times \
      what float32 PyTorch is off by, and 2e-5 of its largest value; in bf16 by 1.5 times what PyTorch's bfloat16 \
      autocast is off by, and 0.004, for bundles that say so. Exits with 0 only if everything holds.
      """)

  @Argument(help: "Golden bundles, as .safetensors files.")
  var bundles: [String]

  @OptionGroup var features: PrecisionOption

  @Option(help: "Write the table as CSV to this file.")
  var csv: String?

  @Flag(help: "Print only tensors that fail, and a line a bundle.")
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
