import Foundation
import Hashing
import TestSupport
import Testing

@testable import DatasetStore

/// Calls `body` with a new folder, which is removed afterwards.
func withFolder<R>(_ body: (String) throws -> R) throws -> R {
  try withTemporaryFolder { try body($0.path) }
}

/// The bytes of a fixture.
func fixture(_ name: String) throws -> [UInt8] { Array(try Data(contentsOf: URL(fileURLWithPath: fixturePath(name)))) }

func fixturePath(_ name: String) -> String { Bundle.module.bundlePath + "/Fixtures/" + name }

/// Incompressible bytes without repetition.
func noise(_ count: Int, seed: UInt64 = 1) -> [UInt8] {
  var state = seed
  return (0..<count).map { _ in
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return UInt8(truncatingIfNeeded: state >> 56)
  }
}

func digest(_ bytes: [UInt8]) -> String { (try? SHA256.digits(of: bytes)) ?? "no checksum" }

/// The events that a store reported, in order.
final class Events {
  private(set) var all: [StoreEvent] = []
  func add(_ event: StoreEvent) { all.append(event) }

  var starts: [Int] { all.compactMap { if case .connecting(_, _, let from) = $0 { from } else { nil } } }
  var retries: Int { all.count { if case .retrying = $0 { true } else { false } } }
}

/// An impatient policy, for servers that misbehave on purpose.
var quickPolicy: DownloadPolicy {
  var policy = DownloadPolicy()
  policy.attempts = 3
  policy.firstPause = 0.01
  policy.stallSeconds = 1
  policy.connectSeconds = 2
  return policy
}
