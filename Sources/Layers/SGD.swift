import Operators
import Tensors

/// Stochastic gradient descent with momentum, weight decay and a learning rate a group of parameters.
public final class SGD {
  /// A group takes the parameters whose names hold one of its patterns and that no earlier group took.
  public struct Group: Sendable, Equatable, Codable {
    public let name: String
    public let patterns: [String]
    /// Learning rate as a multiple of the base rate.
    public let factor: Double

    public init(_ name: String, patterns: [String], factor: Double) {
      self.name = name
      self.patterns = patterns
      self.factor = factor
    }

    /// The released configuration: classifiers at ten times the base rate, radii and filter at 1e-4 times, the rest at it.
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

  /// Moves every parameter by its gradient; `learningRate` is the base rate.
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

  /// The velocities by parameter name, to be kept in a checkpoint.
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
