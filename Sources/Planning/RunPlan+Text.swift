import Foundation
import Limits
import Records

extension RunPlan {
  /// The table of runs, its calibration, plans for nodes, and warnings.
  public var text: String {
    var parts = [table.text, calibration.text(batch: batch)]
    parts += nodes.map { "\n\($0.text)" }
    parts += warnings.map { "Warning: \($0)" }
    return parts.joined(separator: "\n") + "\n"
  }

  private var table: TextTable {
    func row(_ name: String, _ amount: Amount) -> [String] {
      [
        name, "\(amount.epochs)", "\(amount.trainingImages)", "\(amount.testImages)", operationsText(amount.flops),
        durationText(amount.seconds.rounded(.up)), gibibytes(amount.memoryBytes),
      ]
    }
    return TextTable(
      header: ["run", "epochs", "images trained", "images tested", "operations", "time", "memory"],
      rows: runs.map { row($0.key, $0.amount) } + [row("total", total)])
  }

  /// What a user should know before the runs begin.
  public var warnings: [String] {
    var warnings: [String] = []
    if total.memoryBytes > memoryLimit.bytes {
      warnings.append(
        "A training step would need about \(gibibytes(total.memoryBytes)) of memory, but \(memoryLimit): the runs "
          + "would be refused. Choose a smaller --bn-batch, --batch, --size, --backbone or --cache-images.")
    }
    if let load = calibration.load, load.isBusy {
      warnings.append(
        "Other programs used \(oneDecimal(load.cpus)) CPUs while steps were timed: on an idle machine the runs take "
          + "less.")
    }
    return warnings
  }
}

extension Calibration {
  func text(batch: Int) -> String {
    "Based on steps timed for \(durationText(seconds.rounded(.up))) on \(counted(threads, "thread")), "
      + "\(instructionSet.rawValue): \(ratesText(batch: batch))."
  }

  /// Returns images per second in steps of `batch`, by network shape.
  public func ratesText(batch: Int) -> String {
    func rate(_ cost: StepCost) -> String {
      let rate = Double(batch) / max(cost.seconds(images: batch, batch: batch), 1e-9)
      return String(format: rate < 10 ? "%.2f" : "%.0f", rate)
    }
    return costs.sorted { $0.key.order < $1.key.order }.map { shape, costs in
      "\(shape.title) \(rate(costs.training)) images/s trained, \(rate(costs.test)) tested"
    }.joined(separator: "; ")
  }
}

/// Formats operations: 1.5e12 are "1.5 TFLOP".
func operationsText(_ flops: Double) -> String {
  let units = [(1e18, "EFLOP"), (1e15, "PFLOP"), (1e12, "TFLOP"), (1e9, "GFLOP")]
  let (size, name) = units.first { flops >= $0.0 } ?? (1e6, "MFLOP")
  return String(format: "%.3g ", flops / size) + name
}
