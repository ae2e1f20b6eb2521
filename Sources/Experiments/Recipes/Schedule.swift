import Operators

/// What changes over the epochs of a training; all indices count from 0.
public struct Schedule: Sendable, Equatable, Codable {
  public var epochs: Int
  /// The first epoch with a tenth of the learning rate.
  public var decayEpoch: Int
  /// The first epoch that splits the peaks between the branches; earlier ones give all peaks to both.
  public var splitEpoch: Int

  public init(epochs: Int, decayEpoch: Int, splitEpoch: Int) {
    self.epochs = epochs
    self.decayEpoch = decayEpoch
    self.splitEpoch = splitEpoch
  }

  /// The factor on the learning rate in an epoch.
  public func learningRateFactor(epoch: Int) -> Double { epoch < decayEpoch ? 1 : 0.1 }

  /// The peak policy in training: p = 0, then p = 1.
  public func trainingPolicy(epoch: Int) -> PeakPolicy { epoch < splitEpoch ? .allPeaks : .stochasticSplit }

  /// The peak policy in tests: p = 1 while training has p = 0, then p = 2.
  public func testPolicy(epoch: Int) -> PeakPolicy { epoch < splitEpoch ? .stochasticSplit : .extremes }

  /// The same schedule over a different number of epochs: what happened after two thirds of them still does.
  public func stretched(to epochs: Int) -> Schedule {
    Schedule(
      epochs: epochs, decayEpoch: Self.moved(decayEpoch, from: self.epochs, to: epochs),
      splitEpoch: Self.moved(splitEpoch, from: self.epochs, to: epochs))
  }

  /// The epoch in a schedule of `new` epochs that corresponds to `epoch` in one of `old`.
  static func moved(_ epoch: Int, from old: Int, to new: Int) -> Int {
    Int((Double(epoch * new) / Double(old)).rounded())
  }
}
