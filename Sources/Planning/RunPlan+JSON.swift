import Experiments

extension RunPlan: Encodable {
  enum CodingKeys: String, CodingKey {
    case runs, total, calibration, nodes, warnings
    case memoryLimitBytes = "memory_limit_bytes"
  }

  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(runs, forKey: .runs)
    try container.encode(total, forKey: .total)
    try container.encode(calibration, forKey: .calibration)
    if !nodes.isEmpty { try container.encode(nodes, forKey: .nodes) }
    try container.encode(warnings, forKey: .warnings)
    try container.encode(memoryLimit.bytes, forKey: .memoryLimitBytes)
  }
}

extension RunPlan.Run: Encodable {
  enum CodingKeys: String, CodingKey { case run }

  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(key, forKey: .run)
    try amount.encode(to: encoder)
  }
}

extension Calibration: Encodable {
  private struct Shape: Encodable {
    let passes: Int
    let warped: Bool
    let training: StepCost
    let test: StepCost
  }

  enum CodingKeys: String, CodingKey {
    case threads, seconds, shapes
    case instructionSet = "instruction_set"
    case otherCPUs = "other_cpus"
  }

  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(threads, forKey: .threads)
    try container.encode(instructionSet.rawValue, forKey: .instructionSet)
    try container.encode(seconds, forKey: .seconds)
    try container.encode(load?.cpus, forKey: .otherCPUs)
    let shapes = costs.sorted { $0.key.order < $1.key.order }.map {
      Shape(passes: $0.key.passes, warped: $0.key.isWarped, training: $0.value.training, test: $0.value.test)
    }
    try container.encode(shapes, forKey: .shapes)
  }
}
