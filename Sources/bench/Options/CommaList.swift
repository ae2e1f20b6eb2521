import ArgumentParser
import Experiments
import Foundation
import Performance

/// Values in one argument, separated by commas and blanks, such as 1,2,4; "none" is an empty list.
struct CommaList<Value: LosslessStringConvertible & Sendable>: ExpressibleByArgument, Sendable {
  let values: [Value]

  init(_ values: [Value]) { self.values = values }

  init?(argument: String) {
    let parts = argument == "none" ? [] : argument.split(separator: ",", omittingEmptySubsequences: false)
    let values = parts.compactMap { Value($0.trimmingCharacters(in: .whitespaces)) }
    guard values.count == parts.count else { return nil }
    self.values = values
  }

  var defaultValueDescription: String { values.map(\.description).joined(separator: ",") }
}

extension WorkloadName: LosslessStringConvertible {
  public init?(_ description: String) { self.init(rawValue: description) }
  public var description: String { rawValue }
}

extension KeptModel: LosslessStringConvertible {
  public init?(_ description: String) { self.init(rawValue: description) }
  public var description: String { rawValue }
}
