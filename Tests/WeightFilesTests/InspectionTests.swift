import Foundation
import Tensors
import TestSupport
import Testing

@testable import WeightFiles

@Suite struct InspectionTests {
  @Test func meanAndDeviationAreThoseOfTheElements() throws {
    let folder = try TemporaryFolder()
    let path = folder.path("a.safetensors")
    // The mean is far from zero, so sums in single precision would lose the deviation.
    let far = Tensor((0..<100_000).map { 4096 + Float($0 % 2) }, shape: [100, 1000])
    try writeSafetensors(
      [
        StoredTensor(name: "far", far), StoredTensor(name: "broken", Tensor([1, .nan, .infinity], shape: [3])),
        StoredTensor(name: "bn1.running_var", Tensor([1, -1, -.infinity], shape: [3])),
        StoredTensor(name: "empty", .zeros([0])), StoredTensor(name: "n", integers: [2, 4], shape: [2]),
        StoredTensor(
          name: "large", elementType: .uint64, shape: [2], storage: MemoryBytes(integers: [.min, .min])),  // 2^63
      ], metadata: [:], to: path)
    let tensors = try WeightFile(reading: path).tensors.map { tensor throws in try TensorInspection(tensor) }
    let rows = Dictionary(uniqueKeysWithValues: tensors.map { ($0.name, $0) })
    #expect(rows["far"]?.mean == 4096.5 && rows["far"]?.standardDeviation == 0.5)
    #expect(rows["far"]?.shape == [100, 1000] && rows["far"]?.flaw == nil)
    #expect(rows["broken"]?.flaw?.description == "broken (1 NaN, 1 infinite)")
    #expect(rows["bn1.running_var"]?.flaw?.description == "bn1.running_var (1 infinite, 1 negative variances)")
    #expect(rows["empty"]?.mean.isNaN == true)
    #expect(rows["large"]?.mean == 0x1p63 && rows["large"]?.standardDeviation == 0)
    #expect(rows["n"]?.mean == 3 && rows["n"]?.standardDeviation == 1 && rows["n"]?.elementType == .int64)
  }
}
