import Foundation
import Records

/// A change in a training's schedule: the epoch after which it happens, and what changes.
struct ScheduleMark {
  let epoch: Int
  let text: String

  /// The changes of a variant's learning rate and peak policy.
  static func all(
    of subject: FolderRecords.Subject, _ values: EpochValues, _ recipe: ResolvedRecipe
  ) -> [ScheduleMark] {
    guard let run = subject.runs.first else { return [] }
    let rates = values[run.id, nil, Metric.learningRate]
    var marks = zip(rates, rates.dropFirst()).filter { $0.value != $1.value }.map { before, after in
      ScheduleMark(
        epoch: before.epoch,
        text: "learning rate \(shortNumber(before.value)) to \(shortNumber(after.value)) after epoch \(before.epoch)")
    }
    let isScheduled = subject.cell.p == nil && scheduled.contains(subject.cell.variant)
    if isScheduled, case .object(let schedules)? = recipe.values["schedule"],
      case .object(let schedule)? = schedules["sampling"], case .number(let epoch)? = schedule["split_after_epoch"],
      epoch > 0, epoch < Double(values.last)
    {
      marks.append(ScheduleMark(epoch: Int(epoch), text: "p = 0 to p = 1 after epoch \(Int(epoch))"))
    }
    return marks.sorted { $0.epoch < $1.epoch }
  }

  /// The variants whose peaks follow the recipe's schedule unless p is fixed.
  private static let scheduled: Set = ["s3n", "discriminative-only", "complementary-only", "random-peaks"]

  /// An explanation of dashed lines for a caption; empty without any.
  static func caption(_ marks: [ScheduleMark]) -> String {
    if marks.isEmpty { return "" }
    // More would not fit into a line.
    return "Dashed: " + (marks.count > 3 ? "the learning rate or p changes" : marks.map(\.text).joined(separator: "; "))
      + "."
  }
}

/// A number without zeros at its end: 0.003, 0.0003.
func shortNumber(_ value: Double) -> String { String(format: "%.4g", value) }
