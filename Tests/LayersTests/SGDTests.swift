import Layers
import Tensors
import Testing

@Suite struct SGDTests {
  @Test func stepsAreThoseOfTheDefinition() {
    let parameter = Parameter("features.0.weight", Tensor([1, -2], shape: [2]))
    let optimizer = SGD([parameter], momentum: 0.9, weightDecay: 0.1)
    var (value, velocity) = ([1.0, -2.0], [0.0, 0.0])
    for step in 1...3 {
      let gradient = [0.5 * Double(step), -1]
      parameter.gradient = Tensor(gradient.map(Float.init), shape: [2])
      optimizer.step(learningRate: 0.2)
      for i in 0..<2 {
        velocity[i] = 0.9 * velocity[i] + (gradient[i] + 0.1 * value[i])
        value[i] -= 0.2 * velocity[i]
        #expect(abs(Double(parameter.value[i]) - value[i]) < 1e-6)
      }
    }
  }

  @Test func theReleasedGroupsTakeTheirParametersInOrder() {
    let names = ["con_classifier.weight", "radius_inv.scale", "filter.weight", "sampler_buffer.0.weight"]
    let parameters = names.map { Parameter($0, Tensor([0], shape: [1])) }
    for parameter in parameters { parameter.gradient = Tensor([1], shape: [1]) }
    SGD(parameters, momentum: 0, weightDecay: 0).step(learningRate: 0.001)
    let moves = parameters.map { -$0.value[0] }
    for (move, expected) in zip(moves, [0.01, 1e-7, 1e-7, 0.001] as [Float]) {
      #expect(abs(move - expected) < 1e-6 * expected)
    }
  }

  @Test func velocitiesCanBeKeptAndTakenUp() {
    func parameter() -> Parameter {
      let parameter = Parameter("w", Tensor([1], shape: [1]))
      parameter.gradient = Tensor([1], shape: [1])
      return parameter
    }
    let whole = parameter()
    let optimizer = SGD([whole], momentum: 0.9, weightDecay: 0)
    optimizer.step(learningRate: 0.1)
    let resumed = parameter()
    resumed.value = whole.value
    let second = SGD([resumed], momentum: 0.9, weightDecay: 0)
    second.velocities = optimizer.velocities
    optimizer.step(learningRate: 0.1)
    second.step(learningRate: 0.1)
    #expect(whole.value[0] == resumed.value[0])
  }
}
