import Files
import Models
import Tensors
import Timing

/// A deliberate regression that tests whether the gates catch it: named by the environment variable S3N_PLANT, if set.
public enum PlantedFault: String, CaseIterable, Sendable {
  /// Forward and backward take three times as long.
  case slowStep = "slow-step"
  /// The predicting head prefers the classes that it found least likely.
  case brokenHead = "broken-head"
  /// Weights are drawn from a different seed than requested.
  case otherSeed = "other-seed"

  public static let variable = "S3N_PLANT"
  static let current = environmentVariable(variable).flatMap(PlantedFault.init)

  static func slowing<Result>(_ body: () -> Result) -> Result {
    guard current == .slowStep else { return body() }
    let start = monotonicNanoseconds()
    let result = body()
    let end = monotonicNanoseconds()
    while monotonicNanoseconds() < end + 2 * (end - start) {}
    return result
  }

  static func breakingHead(_ logits: [Models.Head: Tensor], of heads: [Models.Head]) -> [Models.Head: Tensor] {
    guard current == .brokenHead, let head = heads.first, let values = logits[head] else { return logits }
    var broken = logits
    broken[head] = Tensor(values.withUnsafeBufferPointer { $0.map { -$0 } }, shape: values.shape)
    return broken
  }

  static func seed(_ seed: UInt64) -> UInt64 { current == .otherSeed ? seed &+ 1 : seed }
}
