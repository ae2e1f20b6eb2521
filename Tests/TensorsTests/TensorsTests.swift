import Testing

@testable import Tensors

@Suite struct TensorTests {
  @Test func copiesOnlyWhenASharedValueIsWritten() {
    var a = Tensor([1, 2, 3], shape: [3])
    let b = a
    a[0] = 9
    #expect(a.elements == [9, 2, 3])
    #expect(b.elements == [1, 2, 3])
  }

  @Test(arguments: [0, 1, 17, 12_347, 3_000_017]) func zerosAreZeroInFreshAndInReusedMemory(count: Int) {
    for _ in 0..<2 {
      var tensor = Tensor.zeros([count])
      #expect(UInt(bitPattern: tensor.read) % 64 == 0)
      #expect(tensor.elements.allSatisfy { $0.bitPattern == 0 })
      tensor.withUnsafeMutableBufferPointer { $0.update(repeating: 7) }
    }
    StoragePool.shared.drain()
    #expect(Tensor.zeros([count]).elements.allSatisfy { $0.bitPattern == 0 })
  }

  @Test func streamsOfDifferentPurposesDiffer() {
    func draws(_ purpose: String, _ epoch: Int) -> [UInt64] {
      var generator = SeededGenerator(seed: 1, purpose: purpose, epoch)
      return (0..<4).map { _ in generator.next() }
    }
    #expect(draws("shuffle", 0) == draws("shuffle", 0))
    #expect(draws("shuffle", 0) != draws("shuffle", 1))
    #expect(draws("shuffle", 0) != draws("augment", 0))
  }

  @Test func uniformDrawsLieInTheUnitIntervalAndAverageToAHalf() {
    var generator = SeededGenerator(seed: 7, purpose: "test")
    let draws = (0..<10_000).map { _ in generator.uniform() }
    #expect(draws.allSatisfy { $0 >= 0 && $0 < 1 })
    #expect(abs(draws.reduce(0, +) / 10_000 - 0.5) < 0.02)
  }
}
