import Foundation
import Records
import Tensors

/// A stage measurement for the terminal, compared with the machine's limits.
public struct StageReport {
  public let measurement: StageMeasurement
  public let roofline: Roofline

  public init(_ measurement: StageMeasurement, roofline: Roofline) {
    self.measurement = measurement
    self.roofline = roofline
  }

  public var text: String { ([title, "", table.text + footer].joined(separator: "\n")) }

  private var title: String {
    let subject = measurement.subject
    let backbone = subject.backbone.isEmpty ? "" : " (\(subject.backbone))"
    let parts: [String?] = [
      "\(subject.model)\(backbone)", measurement.rows.first?.phase, subject.grid.map { "grid \($0)" },
      subject.smoothing.map { "smoothing \($0)" }, "size \(subject.size)", "batch \(subject.batch)",
      counted(subject.threads, "thread"), subject.variant, subject.precision,
    ]
    return parts.compactMap { $0 }.filter { !$0.isEmpty }.joined(separator: ", ")
  }

  private var table: TextTable {
    var table = TextTable(
      header: ["stage", "median", "p10", "p90", "share", "GFLOP/s", "GB/s", "of its limit", "bound by"])
    table.rows = measurement.summaries.map { stage in
      let times = [stage.medianNanoseconds, stage.p10Nanoseconds, stage.p90Nanoseconds].map(milliseconds)
      let share = stage.medianShare.map { percent($0) } ?? ""
      guard let work = measurement.work(of: stage.stage), work != .none, stage.medianNanoseconds > 0 else {
        return [stage.stage] + times + [share]
      }
      // Operations or bytes per nanosecond are 1e9 per second.
      let (arithmetic, bandwidth) = (work.flops / stage.medianNanoseconds, work.bytes / stage.medianNanoseconds)
      let bound = roofline.bound(work, precision)
      return [stage.stage] + times + [
        share, work.flops > 0 ? number(arithmetic) : "", number(bandwidth),
        percent(1e9 * bound.seconds / stage.medianNanoseconds), bound.by.rawValue,
      ]
    }
    return table
  }

  private var footer: String {
    let memory = measurement.memory
    let limits =
      "Limits of this machine: \(number(1e-9 * roofline.peakArithmetic(precision))) GFLOP/s, "
      + "\(number(1e-9 * roofline.peakBandwidth)) GB/s. GFLOP/s count the definition's operations, GB/s what operators read and write."
    let peak =
      "Peak memory: \(gigabytes(memory.tensorBytes)) in tensors"
      + (memory.residentBytes.map { ", \(gigabytes($0)) resident" } ?? "") + "."
    let start = measurement.startUpNanoseconds.map {
      " From the start of the process to its steps, plus the first step's extra time: "
        + "\(number(1e-9 * Double($0), digits: 2)) s."
    }
    return ([rate, limits, peak + (start ?? ""), verdict] as [String]).joined(separator: "\n")
  }

  private var precision: Precision { Precision(rawValue: measurement.subject.precision) ?? .fp32 }

  private var rate: String {
    let step = measurement.summaries.first { $0.stage == StageRow.wholeStep }?.medianNanoseconds ?? 0
    return step > 0 ? "\(number(1e9 * Double(measurement.subject.batch) / step)) images/s by the median step." : ""
  }

  private var verdict: String {
    guard let load = measurement.load else { return "Other load on the CPUs is not known on this system." }
    let used = "other programs used \(number(load.cpus, digits: 2)) CPUs"
    if measurement.isFinal { return "Final: \(used) meanwhile." }
    let steps = Set(measurement.rows.filter { $0.status == .busy }.map(\.step)).count
    return
      "NOT FINAL: the machine was busy in \(steps) of \(Set(measurement.rows.map(\.step)).count) steps, \(used) on average. "
      + "Repeat when it is idle."
  }
}

private func number(_ value: Double, digits: Int = 1) -> String { String(format: "%.\(digits)f", value) }
private func percent(_ share: Double) -> String { number(100 * share) + " %" }
private func gigabytes(_ bytes: Int) -> String {
  bytes < 1_000_000_000 ? "\(bytes / 1_000_000) MB" : number(1e-9 * Double(bytes), digits: 2) + " GB"
}
private func milliseconds(_ nanoseconds: Double) -> String {
  number(1e-6 * nanoseconds, digits: nanoseconds < 1e7 ? 3 : 1) + " ms"
}
