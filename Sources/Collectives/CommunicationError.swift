/// An error between the processes of a job; the description says what to do.
public enum CommunicationError: Error, Equatable, Sendable {
  /// Several processes were started as one job, but the program was built without MPI.
  case withoutMPI(StartedRanks)
  /// The program's MPI reports a different number of processes than the launcher started.
  case otherMPI(StartedRanks, found: Int)
  /// A call to MPI failed.
  case failed(call: String, reason: String)
  /// Another rank ended the job.
  case aborted(code: Int32)
}

extension CommunicationError: CustomStringConvertible {
  public var description: String {
    switch self {
    case .withoutMPI(let started):
      return
        "\(started.launcher) started \(started.count) processes, but this bench was built without MPI: each would do "
        + "all of the work and write to the same folder. Build it with MPI (Scripts/install --mpi, "
        + "swift build --traits MPI), or start one process."
    case .otherMPI(let started, let found):
      return
        "\(started.launcher) started \(started.count) processes, but Open MPI, which this bench was built with, sees "
        + "\(found): start it with Open MPI's own mpirun, or under Slurm with srun --mpi=pmix."
    case .failed(let call, let reason):
      return
        "\(call) failed: \(reason). Check that all nodes can reach each other; mpirun --mca btl_tcp_if_include NETWORK "
        + "chooses the network. Repeat the command to resume from the last save."
    case .aborted(let code): return "Another rank ended the job with exit code \(code)."
    }
  }
}
