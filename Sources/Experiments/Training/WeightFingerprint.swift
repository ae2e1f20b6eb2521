import Hashing
import Layers
import Models

extension ModuleState {
  /// SHA-256 over the names, shapes and float bits of all parameters and buffers, in the order and layout of a state
  /// dict: equal for two models if and only if they are equal to the bit.
  static func fingerprint(of module: some Module) throws -> String {
    let hash = try SHA256()
    for (name, tensor) in entries(of: module) {
      hash.update("\(name) \(tensor.shape)\n")
      tensor.withUnsafeBufferPointer { hash.update(UnsafeRawBufferPointer($0)) }
    }
    return try hash.digits
  }
}

extension TrainedModel {
  /// The fingerprint of its weights, as in fingerprints.csv.
  public func fingerprint() throws -> String { try ModuleState.fingerprint(of: network.classifier) }
}
