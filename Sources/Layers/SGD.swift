import Operators
import Tensors

/// Stochastic gradient descent with momentum, weight decay and one learning rate per parameter group.
public final class SGD {
  /// Contains the parameters whose names contain one of its patterns and that no earlier group contains.
  public struct Group: Sendable, Equatable, Codable {
    public let name: String
    public let patterns: [String]
    /// The learning rate as a multiple of the base rate.
    public let factor: Double

    public init(_ name: String, patterns: [String], factor: Double) {
      self.name = name
      self.patterns = patterns
      self.factor = factor
    }

    /// The released configuration: 10 times the base rate for classifiers, 1e-4 for radii and filter, 1 for the rest.
    public static let released = [
      Group("classifier", patterns: ["classifier"], factor: 10),
      Group("radius and filter", patterns: ["radius", "filter"], factor: 1e-4),
      Group("backbone", patterns: [""], factor: 1),
    ]
  }

  public let momentum: Double
  public let weightDecay: Double
  public let groups: [Group]
  private var entries: [(parameter: Parameter, factor: Double, velocity: Tensor)]

  public init(_ parameters: [Parameter], groups: [Group] = Group.released, momentum: Double, weightDecay: Double) {
    self.momentum = momentum
    self.weightDecay = weightDecay
    self.groups = groups
    entries = parameters.compactMap { parameter in
      groups.first { group in group.patterns.contains { $0.isEmpty || parameter.name.contains($0) } }
        .map { (parameter, $0.factor, .zeros(parameter.value.shape)) }
    }
  }

  /// Updates every parameter by its gradient; `learningRate` is the base rate.
  public func step(learningRate: Double) {
    let moves = entries.indices.map { index in
      let parameter = entries[index].parameter
      return SGDMove(
        &parameter.value, gradient: parameter.gradient, velocity: &entries[index].velocity,
        learningRate: Float(learningRate * entries[index].factor))
    }
    sgdStep(moves, momentum: Float(momentum), weightDecay: Float(weightDecay))
    withExtendedLifetime(entries) {}
  }

  /// The velocities by parameter name, for checkpoints.
  public var velocities: [(name: String, tensor: Tensor)] {
    get { entries.map { ($0.parameter.name, $0.velocity) } }
    set {
      let byName = Dictionary(newValue.map { ($0.name, $0.tensor) }) { first, _ in first }
      for index in entries.indices {
        guard let kept = byName[entries[index].parameter.name], kept.shape == entries[index].velocity.shape else {
          continue
        }
        entries[index].velocity = kept
      }
    }
  }
}
