import Tensors
import Testing

@testable import WeightFiles

extension FuzzTarget {
  /// Whole files, read through the entry point that recognises their format.
  static func weights(_ names: [String]) throws -> FuzzTarget {
    FuzzTarget(samples: try names.map(Fixtures.bytes), mayThrow: { $0 is WeightFileError }) { path in
      try check(WeightFile(reading: path).stateDict(ignoring: ["map_origin."]).tensors)
    }
  }

  /// Pickles made by `input`, with valid storages.
  static func pickles(
    _ input: @escaping (PickleSources) -> (inout SeededGenerator) -> [UInt8]
  ) throws -> FuzzTarget {
    let sources = try PickleSources()
    return FuzzTarget(input: { input(sources)(&$0) }, mayThrow: { $0 is WeightFileError }) { path in
      try check(sources.read(path))
    }
  }

  /// Reads the elements and checks their number against the shape.
  private static func check(_ tensors: [StoredTensor]) throws(WeightFileError) {
    for tensor in tensors where tensor.count <= 1 << 20 {
      let row = try TensorInspection(tensor)
      #expect(row.shape == tensor.shape)
      #expect(try tensor.bytes().count == tensor.shape.reduce(1, *) * tensor.elementType.byteCount)
    }
  }
}
