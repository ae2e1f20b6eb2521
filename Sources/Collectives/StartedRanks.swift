/// What the launcher of a parallel program tells each process that it starts.
public struct StartedRanks: Equatable, Sendable {
  /// The launcher's name.
  public let launcher: String
  /// This process's number, from 0.
  public let rank: Int
  public let count: Int

  /// Each launcher with its variables for the rank and the number of ranks.
  private static let launchers = [
    ("Open MPI's mpirun", "OMPI_COMM_WORLD_RANK", "OMPI_COMM_WORLD_SIZE"),
    ("MPICH's mpirun", "PMI_RANK", "PMI_SIZE"),
    ("MVAPICH's mpirun", "MV2_COMM_WORLD_RANK", "MV2_COMM_WORLD_SIZE"),
    ("srun", "SLURM_PROCID", "SLURM_STEP_NUM_TASKS"),
  ]

  /// The names of all variables that are read.
  public static let variables = launchers.flatMap { [$0.1, $0.2] }

  init(launcher: String, rank: Int, count: Int) { (self.launcher, self.rank, self.count) = (launcher, rank, count) }

  /// The rank of a process that is one of several; nil for a single process.
  public init?(environment: (_ variable: String) -> String?) {
    for (launcher, rankName, countName) in Self.launchers {
      guard let count = environment(countName).flatMap({ Int($0) }), count > 1,
        let rank = environment(rankName).flatMap({ Int($0) })
      else { continue }
      self.init(launcher: launcher, rank: rank, count: count)
      return
    }
    return nil
  }
}

/// Joins the ranks that this process is one of, according to its environment.
///
/// Throws `CommunicationError.withoutMPI` if the program was built without MPI, and `otherMPI` if the launcher belongs
/// to a different MPI library than the program's.
public func joinRanks(environment: (_ variable: String) -> String?) throws(CommunicationError) -> any Communicator {
  guard let started = StartedRanks(environment: environment) else { return SingleProcess() }
  #if MPI
    let world = try MPICommunicator()
    guard world.count == started.count else { throw .otherMPI(started, found: world.count) }
    return world
  #else
    throw .withoutMPI(started)
  #endif
}
