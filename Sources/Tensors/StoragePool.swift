import CKernels
import Synchronization

/// Keeps freed tensor memory for reuse, so that a training step in its steady state allocates nothing.
///
/// Blocks are kept by their exact size: a step asks for the same sizes again and again.
public final class StoragePool: Sendable {
  /// The pool that every tensor takes its memory from.
  public static let shared = StoragePool()

  private struct Blocks {
    var free: [Int: [UInt]] = [:]
    var keptBytes = 0
    var liveBytes = 0
    var peakBytes = 0
    var allocations = 0
  }
  private let blocks = Mutex(Blocks())

  /// Bytes held by tensors now, and the most that were held at once since the last `resetPeak()`.
  public var usage: (liveBytes: Int, peakBytes: Int) { blocks.withLock { ($0.liveBytes, $0.peakBytes) } }

  /// How often memory was asked of the system, since the process began.
  public var allocations: Int { blocks.withLock { $0.allocations } }

  /// Starts a new measurement of the peak.
  public func resetPeak() { blocks.withLock { $0.peakBytes = $0.liveBytes } }

  /// Gives all kept blocks back to the system.
  public func drain() {
    let kept = blocks.withLock { blocks in
      defer {
        blocks.free = [:]
        blocks.keptBytes = 0
      }
      return blocks.free
    }
    for (bytes, addresses) in kept {
      for address in addresses { s3n_free(UnsafeMutableRawPointer(bitPattern: address), bytes) }
    }
  }

  func take(bytes: Int, zeroed: Bool) -> UnsafeMutableRawPointer {
    let reused = blocks.withLock { blocks -> UInt? in
      blocks.liveBytes += bytes
      blocks.peakBytes = max(blocks.peakBytes, blocks.liveBytes)
      guard let address = blocks.free[bytes]?.popLast() else {
        blocks.allocations += 1
        return nil
      }
      blocks.keptBytes -= bytes
      return address
    }
    if let reused, let memory = UnsafeMutableRawPointer(bitPattern: reused) {
      if zeroed { memory.initializeMemory(as: UInt8.self, repeating: 0, count: bytes) }
      return memory
    }
    if let memory = s3n_allocate(bytes, zeroed ? 1 : 0) { return memory }
    drain()
    guard let memory = s3n_allocate(bytes, zeroed ? 1 : 0) else {
      s3n_give_up(
        "out of memory: the \(bytes) bytes of a tensor cannot be had, beside \(usage.liveBytes - bytes) in others")
    }
    return memory
  }

  func give(_ memory: UnsafeMutableRawPointer, bytes: Int) {
    blocks.withLock { blocks in
      blocks.liveBytes -= bytes
      blocks.keptBytes += bytes
      blocks.free[bytes, default: []].append(UInt(bitPattern: memory))
    }
  }
}

/// One block of tensor memory; goes back to the pool when the last tensor that shares it is gone.
final class Storage: @unchecked Sendable {
  // Sendable by the rule that `Tensor` keeps: memory that two values share is only read.
  let base: UnsafeMutableRawPointer
  private let bytes: Int

  init(bytes asked: Int, zeroed: Bool = false) {
    bytes = max(64, (asked + 63) / 64 * 64)
    base = StoragePool.shared.take(bytes: bytes, zeroed: zeroed)
  }

  deinit { StoragePool.shared.give(base, bytes: bytes) }
}
