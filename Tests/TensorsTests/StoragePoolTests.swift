import Testing

@testable import Tensors

@Suite struct StoragePoolTests {
  private let pool = StoragePool()

  /// Returns blocks of these sizes, all free.
  private func free(_ sizes: Int...) -> [StorageBlock] {
    let blocks = sizes.map { pool.take(bytes: $0, zeroed: false) }
    for block in blocks { pool.give(block, bytes: block.bytes) }
    return blocks
  }

  @Test func theSmallestBlockThatFitsIsTakenAgain() {
    let blocks = free(4096, 6144, 5120)
    #expect(pool.take(bytes: 5120, zeroed: false).base == blocks[2].base, "one of its own size")
    #expect(pool.take(bytes: 5120, zeroed: false).base == blocks[1].base, "then a larger one")
    #expect(pool.take(bytes: 4096, zeroed: false).base == blocks[0].base)
    #expect(pool.allocations == 3)
  }

  @Test func aBlockThatWouldMostlyLieIdleIsLeft() {
    let block = free(6144)[0]
    #expect(pool.take(bytes: 4032, zeroed: false).base != block.base)
    #expect(pool.take(bytes: 4096, zeroed: false).base == block.base, "which is two thirds of it")
  }

  @Test func aLargerBlockIsZeroAsFarAsItWasAskedFor() {
    let block = free(6144)[0]
    block.base.initializeMemory(as: UInt8.self, repeating: 7, count: 6144)
    let taken = pool.take(bytes: 4096, zeroed: true)
    #expect(taken.base == block.base)
    #expect(UnsafeRawBufferPointer(start: taken.base, count: 4096).allSatisfy { $0 == 0 })
  }

  @Test func usageCountsWhatTensorsAskedFor() {
    let block = free(6144)[0]
    pool.resetPeak()
    let taken = pool.take(bytes: 4096, zeroed: false)
    #expect(taken.base == block.base)
    #expect(pool.usage == (liveBytes: 4096, peakBytes: 4096))
    pool.give(taken, bytes: 4096)
    #expect(pool.usage == (liveBytes: 0, peakBytes: 4096))
    pool.drain()
    _ = pool.take(bytes: 6144, zeroed: false)
    #expect(pool.allocations == 2, "what was drained is not there again")
  }
}
