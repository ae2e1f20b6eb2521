import ArgumentParser
import Foundation
import Performance
import Records
import Tensors

struct RooflineCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "roofline",
    abstract: "Measure this machine's limits: peak arithmetic in registers, and memory bandwidth.",
    discussion: """
      Measured on one thread and on all threads; the best sample is the limit.

      With --layers, every convolution of a model is timed separately, forward and backward, then whole steps. They \
      are compared with these limits by the operations executed, which are fewer than by definition with Winograd's \
      algorithm. Writes layers.csv and the chart roofline.
      """)

  @OptionGroup var engine: EngineOptions

  @Option(help: ArgumentHelp("Samples per limit, or per layer and step.", valueName: "count"))
  var rounds = 10

  @Option(help: ArgumentHelp("Time the layers of this model: s3n, or a ResNet such as resnet50.", valueName: "model"))
  var layers: String?

  @OptionGroup var network: NetworkOptions

  @OptionGroup var features: PrecisionOption

  static let usualFolder = "reports/performance"

  @Option(help: ArgumentHelp("Folder for layers.csv and its chart (default: \(usualFolder)).", valueName: "dir"))
  var out: String?

  @Option(help: ArgumentHelp("Also write every sample to this CSV file.", valueName: "file"))
  var csv: String?

  func validate() throws {
    guard layers == nil || csv == nil else {
      throw ValidationError("--csv is for samples of the limits: with --layers, the file is layers.csv in --out.")
    }
    let ofLayers = network.given + [("--precision", features.precision != nil), ("--out", out != nil)]
    if layers == nil, let option = ofLayers.first(where: \.isGiven)?.option {
      throw ValidationError("\(option) is for a model's layers: name the model with --layers, or leave \(option) out.")
    }
    guard (1...10_000).contains(rounds) else { throw ValidationError("--rounds \(rounds): expected 1 to 10000.") }
  }

  func run() throws {
    try engine.apply()
    if let layers { return try measureLayers(of: layers) }
    let file = try csv.map { try outputFile($0, option: "--csv") }
    let most = Threads.count
    var measured: [Roofline] = []
    for threads in Set([1, most]).sorted() {
      Threads.use(threads)
      measured.append(.measure(rounds: rounds))
    }
    var table = TextTable(header: ["threads", "instruction set", "GFLOP/s", "in bf16", "GB/s", "status"])
    table.rows = measured.map { roofline in
      [
        "\(roofline.threads)", roofline.instructionSet.rawValue, String(format: "%.1f", 1e-9 * roofline.peakArithmetic),
        String(format: "%.1f", 1e-9 * roofline.peakArithmetic(.bf16)),
        String(format: "%.1f", 1e-9 * roofline.peakBandwidth),
        PerformanceRow.Status(roofline.load) == .final ? "final" : "busy: not final",
      ]
    }
    print(table.text, terminator: "")
    if let file { try CSVTable.write(measured.flatMap(RooflineRow.rows), to: file) }
  }
}
