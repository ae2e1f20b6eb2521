import Foundation

/// A communicator of a single process: it receives what it sends.
public final class SingleProcess: Communicator {
  public let rank = 0
  public let count = 1

  public init() {}

  public func allToAll(_ sent: UnsafeRawBufferPointer, _ received: UnsafeMutableRawBufferPointer) {
    received.copyMemory(from: sent)
  }

  public func allGather(_ sent: UnsafeRawBufferPointer, _ received: UnsafeMutableRawBufferPointer) {
    received.copyMemory(from: sent)
  }

  public func broadcast(_ bytes: UnsafeMutableRawBufferPointer) {}

  public func finish() {}

  public func abort(_ code: Int32) { exit(code) }
}
