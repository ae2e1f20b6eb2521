import Records
import Statistics

/// The result of running a recorded run again.
public struct Repetition: Equatable, Sendable {
  /// The grade, in fixed words.
  public enum Grade: String, CaseIterable, Sendable {
    /// The weights after every epoch are bit-identical, and all answers are equal.
    case identical
    /// They are not, but the accuracy is the same within the margin.
    case equivalent
    /// Neither is shown.
    case different
  }

  public let run: String
  public let grade: Grade
  /// The first epoch, from 1, after which the weights differ; nil if none.
  public let firstEpoch: Int?
  /// The number of different answers, over all heads.
  public let otherAnswers: Int
  /// The first tensor of the state dict that differs after the last epoch, if both models were kept.
  public var firstTensor: String?
  /// The predicting head's accuracy now minus before, in points, with a 95 % interval over images; nil if one diverged.
  public let points: Double?
  public let interval: ClosedRange<Double>?

  /// The margin that must contain the whole interval, in points.
  public static let margin = 1.0

  /// Throws `NotComparable` for different recipes, runs or images.
  public init(of run: String, recorded: RecordedRuns, again: RecordedRuns) throws(NotComparable) {
    self.run = run
    guard recorded.records.runIDs.contains(run), again.records.runIDs.contains(run) else {
      let isRecorded = recorded.records.runIDs.contains(run)
      throw .otherRuns(onlyBaseline: isRecorded ? [run] : [], onlyNow: isRecorded ? [] : [run])
    }
    let differences = recorded.records.recipe.differences(to: again.records.recipe)
    guard differences.isEmpty else { throw .otherRecipe(differences) }
    firstEpoch = firstDifference(recorded.fingerprints(of: run), again.fingerprints(of: run))
    var (points, interval): (Double?, ClosedRange<Double>?)
    if recorded.records.isFinished(run), again.records.isFinished(run), let head = recorded.records.heads(of: run).first
    {
      let answers = (Answers(of: recorded.records), Answers(of: again.records))
      let differences = try answers.0.differences(to: answers.1, run: run, head: head)
      let scale = 100 / Double(max(1, differences.count))
      points = scale * Double(differences.reduce(0, +))
      interval = Self.interval(of: differences)
    }
    (self.points, self.interval) = (points, interval)
    otherAnswers = recorded.answers(of: run).subtracting(again.answers(of: run)).count
    let isWithin = interval.map { -Self.margin <= $0.lowerBound && $0.upperBound <= Self.margin } ?? false
    grade = firstEpoch == nil && otherAnswers == 0 ? .identical : isWithin ? .equivalent : .different
  }

  /// The BCa interval of the mean, in points. On a side that no image supports, it extends at least to Wilson's bound
  /// for no such image among this many, since resampling would never produce any.
  private static func interval(of differences: [Int]) -> ClosedRange<Double>? {
    guard let bootstrap = bcaInterval(ofMean: differences, seed: 2019),
      let unseen = wilsonInterval(proportion: 0, n: differences.count)?.upperBound
    else { return nil }
    let low = differences.contains { $0 < 0 } ? bootstrap.lowerBound : min(bootstrap.lowerBound, -unseen)
    let high = differences.contains { $0 > 0 } ? bootstrap.upperBound : max(bootstrap.upperBound, unseen)
    return 100 * low...100 * high
  }

  /// One sentence.
  public var sentence: String {
    var parts = ["\(run): \(grade.rawValue)"]
    if let firstEpoch { parts.append("the weights differ from epoch \(firstEpoch) on") }
    if let firstTensor { parts.append("first differing tensor after the last epoch: \(firstTensor)") }
    if firstEpoch == nil, otherAnswers > 0 {
      parts.append("the weights are equal, \(counted(otherAnswers, "answer")) \(otherAnswers == 1 ? "is" : "are") not")
    }
    if grade != .identical, let points, let interval {
      parts.append(
        "accuracy \(decimal(points, 2)) points, 95 % \(intervalText(interval.lowerBound, interval.upperBound, digits: 2))"
      )
    }
    return parts.joined(separator: ", ") + "."
  }
}
