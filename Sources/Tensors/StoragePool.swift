import CKernels
import Synchronization

/// Keeps freed tensor memory for reuse, so that a training step in its steady state allocates nothing.
///
/// Takes the smallest free block that fits, if at most 1.5 times the requested size: steps request the same sizes
/// repeatedly, and their largest when blocks of other sizes are idle.
public final class StoragePool: Sendable {
  /// The pool of all tensors' memory.
  public static let shared = StoragePool()

  private struct Blocks {
    /// Sorted by size, smallest first.
    var free: [StorageBlock] = []
    var liveBytes = 0
    var peakBytes = 0
    var allocations = 0

    /// Returns the index of the first free block of at least `bytes`.
    func place(of bytes: Int) -> Int {
      var (low, high) = (0, free.count)
      while low < high {
        let middle = (low + high) / 2
        if free[middle].bytes < bytes { low = middle + 1 } else { high = middle }
      }
      return low
    }
  }
  private let blocks = Mutex(Blocks())

  /// The bytes that tensors hold now, and the most they held at once since the last `resetPeak()`.
  public var usage: (liveBytes: Int, peakBytes: Int) { blocks.withLock { ($0.liveBytes, $0.peakBytes) } }

  /// The number of requests for memory to the system since the process started.
  public var allocations: Int { blocks.withLock { $0.allocations } }

  /// Starts a new peak measurement.
  public func resetPeak() { blocks.withLock { $0.peakBytes = $0.liveBytes } }

  /// Returns all free blocks to the system.
  public func drain() {
    let free = blocks.withLock { blocks in
      defer { blocks.free = [] }
      return blocks.free
    }
    for block in free { s3n_free(block.base, block.bytes) }
  }

  func take(bytes: Int, zeroed: Bool) -> StorageBlock {
    let reused = blocks.withLock { blocks -> StorageBlock? in
      blocks.liveBytes += bytes
      blocks.peakBytes = max(blocks.peakBytes, blocks.liveBytes)
      let place = blocks.place(of: bytes)
      guard place < blocks.free.count, blocks.free[place].bytes <= bytes + bytes / 2 else {
        blocks.allocations += 1
        return nil
      }
      return blocks.free.remove(at: place)
    }
    if let reused {
      if zeroed { reused.base.initializeMemory(as: UInt8.self, repeating: 0, count: bytes) }
      return reused
    }
    if let memory = s3n_allocate(bytes, zeroed ? 1 : 0) { return StorageBlock(base: memory, bytes: bytes) }
    drain()
    guard let memory = s3n_allocate(bytes, zeroed ? 1 : 0) else {
      s3n_give_up(
        "out of memory: cannot get \(bytes) bytes for a tensor, besides \(usage.liveBytes - bytes) in others")
    }
    return StorageBlock(base: memory, bytes: bytes)
  }

  /// Takes back a block of which a tensor had requested `bytes`.
  func give(_ block: StorageBlock, bytes: Int) {
    blocks.withLock { blocks in
      blocks.liveBytes -= bytes
      blocks.free.insert(block, at: blocks.place(of: block.bytes))
    }
  }
}

/// Memory from a single allocation.
struct StorageBlock: @unchecked Sendable {
  // Sendable, as an address is: whoever holds the block owns its memory.
  let base: UnsafeMutableRawPointer
  let bytes: Int
}

/// One block of tensor memory; returns to the pool when the last tensor sharing it is gone.
final class Storage: @unchecked Sendable {
  // Sendable because of `Tensor`'s rule: memory shared by several values is only read.
  private let block: StorageBlock
  private let bytes: Int
  var base: UnsafeMutableRawPointer { block.base }

  init(bytes asked: Int, zeroed: Bool = false) {
    bytes = max(64, (asked + 63) / 64 * 64)
    block = StoragePool.shared.take(bytes: bytes, zeroed: zeroed)
  }

  deinit { StoragePool.shared.give(block, bytes: bytes) }
}
