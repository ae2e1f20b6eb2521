import CKernels
import Synchronization

/// Keeps freed tensor memory for reuse, so that a training step in its steady state allocates nothing.
///
/// The smallest free block that fits is taken, if it is at most half as large again: a step asks for the same sizes again
/// and again, and its largest ones come when blocks of other sizes lie idle.
public final class StoragePool: Sendable {
  /// The pool that every tensor takes its memory from.
  public static let shared = StoragePool()

  private struct Blocks {
    /// By size, the smallest first.
    var free: [StorageBlock] = []
    var liveBytes = 0
    var peakBytes = 0
    var allocations = 0

    /// Where the first free block of at least so many bytes is.
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

  /// Bytes held by tensors now, and the most that were held at once since the last `resetPeak()`.
  public var usage: (liveBytes: Int, peakBytes: Int) { blocks.withLock { ($0.liveBytes, $0.peakBytes) } }

  /// How often memory was asked of the system, since the process began.
  public var allocations: Int { blocks.withLock { $0.allocations } }

  /// Starts a new measurement of the peak.
  public func resetPeak() { blocks.withLock { $0.peakBytes = $0.liveBytes } }

  /// Gives all free blocks back to the system.
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
        "out of memory: the \(bytes) bytes of a tensor cannot be had, beside \(usage.liveBytes - bytes) in others")
    }
    return StorageBlock(base: memory, bytes: bytes)
  }

  /// Takes back a block of which a tensor had asked for `bytes`.
  func give(_ block: StorageBlock, bytes: Int) {
    blocks.withLock { blocks in
      blocks.liveBytes -= bytes
      blocks.free.insert(block, at: blocks.place(of: block.bytes))
    }
  }
}

/// Memory that was allocated at once.
struct StorageBlock: @unchecked Sendable {
  // Sendable as an address is: whoever holds the block owns what is there.
  let base: UnsafeMutableRawPointer
  let bytes: Int
}

/// One block of tensor memory; goes back to the pool when the last tensor that shares it is gone.
final class Storage: @unchecked Sendable {
  // Sendable by the rule that `Tensor` keeps: memory that two values share is only read.
  private let block: StorageBlock
  private let bytes: Int
  var base: UnsafeMutableRawPointer { block.base }

  init(bytes asked: Int, zeroed: Bool = false) {
    bytes = max(64, (asked + 63) / 64 * 64)
    block = StoragePool.shared.take(bytes: bytes, zeroed: zeroed)
  }

  deinit { StoragePool.shared.give(block, bytes: bytes) }
}
