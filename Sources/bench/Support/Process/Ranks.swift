import ArgumentParser
import Collectives
import Experiments
import Files
import Foundation
import Limits
import Synchronization
import Tensors

/// The processes that mpirun started as one job, including this one; without mpirun, this process alone.
///
/// Rank 0 writes, reads weights and prints messages; the others only report why they ended the job.
enum Ranks {
  /// All ranks; this process alone before `join`.
  static var all: any Communicator { joined.withLock { $0 } }

  /// Whether another rank prints messages for this one.
  static let isFollower = (StartedRanks(environment: environmentVariable)?.rank ?? 0) != 0

  static let host = ProcessInfo.processInfo.hostName

  private static let joined = Mutex<any Communicator>(SingleProcess())
  private static let isFinished = Atomic<Bool>(false)
  private static let neighbours = Mutex<(sharingCPUs: Int, onHost: Int)>((1, 1))

  /// Joins the other ranks; throws `CommunicationError`.
  static func join() throws {
    _ = isFollower
    let ranks: any Communicator
    do throws(CommunicationError) { ranks = try joinRanks(environment: environmentVariable) } catch {
      guard case .withoutMPI = error, isFollower else { throw error }
      throw ExitCode.success
    }
    guard ranks.count > 1 else { return }
    // Programs started from here are not ranks.
    for variable in StartedRanks.variables { unsetenv(variable) }
    joined.withLock { $0 = ranks }
    try shareMachine()
  }

  // MARK: Sharing a machine

  /// Whether other ranks may run on this one's CPUs.
  static var shareCPUs: Bool { neighbours.withLock { $0.sharingCPUs > 1 } }

  /// This process's share of the memory that is left.
  static var memoryLimit: MemoryLimit {
    let limit = MemoryLimit.current
    return MemoryLimit(bytes: limit.bytes / neighbours.withLock { $0.onHost }, source: limit.source)
  }

  /// Finds the other ranks on this machine, and takes a share of the CPUs that they may use as well.
  private static func shareMachine() throws {
    struct Place: Codable {
      let host: String
      let cpus: [Int]
    }
    let mine = Place(host: host, cpus: Threads.cpuNumbers)
    let places = try all.gatherBytes(Array(JSONEncoder().encode(mine)))
      .map { try JSONDecoder().decode(Place.self, from: Data($0)) }
    let onHost = places.filter { $0.host == mine.host }
    let sharing = onHost.count { !Set($0.cpus).isDisjoint(with: mine.cpus) }
    neighbours.withLock { $0 = (max(1, sharing), onHost.count) }
    if sharing > 1 { Threads.use(max(1, Threads.count / sharing)) }
  }

  // MARK: Ending together

  /// The signals that save and end a training. mpirun forwards SIGUSR1 at once and kills no process for it.
  static var stopSignals: [Int32] { [SIGINT, SIGTERM, SIGHUP] + (all.count > 1 ? [SIGUSR1] : []) }

  /// "Rank 3 on node7: ", the prefix of messages from ranks other than 0.
  static var name: String { isFollower ? "Rank \(all.rank) on \(host): " : "" }

  /// Runs `body` on all ranks. If it fails on one, all end: rank 0 throws the reason; the others throw success, since
  /// mpirun would end rank 0 at the first failure.
  @discardableResult
  static func together<Value>(_ body: () throws -> Value) throws -> Value {
    let ranks = all
    guard ranks.count > 1 else { return try body() }
    let outcome = Result(catching: body)
    let failure: OtherRankFailed? =
      if case .failure(let error) = outcome { OtherRankFailed(error, rank: ranks.rank) } else { nil }
    let all = try ranks.gatherBytes(failure.map { try Array(JSONEncoder().encode($0)) } ?? [])
    guard let first = all.first(where: { !$0.isEmpty }) else { return try outcome.get() }
    let other = try JSONDecoder().decode(OtherRankFailed.self, from: Data(first))
    try finish()
    guard ranks.rank == 0 else { throw ExitCode.success }
    _ = try outcome.get()
    throw other
  }

  /// Runs `body`, which all ranks end together or not at all, and leaves the job.
  static func untilTheEnd(_ body: () throws -> Void) throws {
    do { try body() } catch let error as ExperimentError {
      // All ranks have agreed on this; any other error ends the others when this process ends.
      guard all.count > 1, error == .interrupted else { throw error }
      try finish()
      throw all.rank == 0 ? error : ExitCode.success
    }
    try finish()
  }

  private static func finish() throws {
    guard all.count > 1, !isFinished.exchange(true, ordering: .relaxed) else { return }
    try all.finish()
  }

  /// Ends this process, and the other ranks too if they do not end by themselves.
  static func exit(_ code: Int32) -> Never {
    if all.count > 1 {
      if code == 0 { try? finish() } else if !isFinished.load(ordering: .relaxed) { all.abort(code) }
    }
    Foundation.exit(code)
  }
}

/// An error on another rank, reported by rank 0.
struct OtherRankFailed: Error, Codable, CustomStringConvertible {
  let rank: Int
  let host: String
  let message: String
  let code: Int32

  init(_ error: any Error, rank: Int) {
    self.rank = rank
    host = Ranks.host
    message = ExitCode(for: error) == nil ? Bench.message(for: error) : "\(error)"
    code = (ExitCode(for: error) ?? Bench.exitCode(for: error)).rawValue
  }

  var description: String { "Rank \(rank) on \(host): \(message)" }
}
