import Foundation
import Tensors

@testable import WeightFiles

/// The files that Scripts/golden/make_weight_cases.py created with PyTorch.
enum Fixtures {
  static func path(_ name: String) -> String {
    (Bundle.module.resourceURL ?? URL(fileURLWithPath: ".")).appendingPathComponent("Fixtures/\(name)").path
  }

  static func bytes(_ name: String) throws -> [UInt8] {
    [UInt8](try Data(contentsOf: URL(fileURLWithPath: path(name))))
  }

  static var expected: SafetensorsFile { get throws { try SafetensorsFile(reading: path("expected.safetensors")) } }
}

/// Returns the bitwise differences from the tensor that PyTorch read as `name`, except in kinds of NaN; empty if none.
func differences(_ tensor: StoredTensor, from name: String) throws -> [String] {
  let expected = try Fixtures.expected
  guard let wanted = expected[name] else { return ["\(name) is not expected at all"] }
  var result = tensor.shape == wanted.shape ? [] : ["\(name): shape \(tensor.shape), not \(wanted.shape)"]
  if tensor.elementType.isFloatingPoint {
    for (i, (a, b)) in zip(try tensor.tensor().elements, try wanted.tensor().elements).enumerated()
    where a.bitPattern != b.bitPattern && !(a.isNaN && b.isNaN) {
      result.append("\(name)[\(i)]: \(a), not \(b)")
    }
  } else if try tensor.integers() != wanted.integers() {
    result.append("\(name): \(try tensor.integers()), not \(try wanted.integers())")
  }
  return result
}
