import Testing
import ThreadCommunicator

@testable import Collectives

@Suite struct CommunicatorTests {
  @Test func whatRanksGiveIsGatheredByRank() throws {
    for outcome in ThreadCommunicator.run(
      3, { try ($0.gather([$0.rank, 7]), $0.gatherBytes([UInt8](repeating: 9, count: 2 * $0.rank))) })
    {
      let (numbers, bytes) = try outcome.get()
      #expect(numbers == [[0, 7], [1, 7], [2, 7]] && bytes == [[], [9, 9], [9, 9, 9, 9]])
    }
  }

  @Test func allGetTheBytesOfRank0() throws {
    for outcome in ThreadCommunicator.run(3, { try $0.broadcastBytes($0.rank == 0 ? [1, 2, 3] : []) }) {
      #expect(try outcome.get() == [1, 2, 3])
    }
  }

  @Test func partsAreExchanged() throws {
    let outcomes = ThreadCommunicator.run(3) { communicator in
      let sent = (0..<3).map { UInt8(10 * communicator.rank + $0) }
      var received = [UInt8](repeating: 0, count: 3)
      try sent.withUnsafeBytes { sent in try received.withUnsafeMutableBytes { try communicator.allToAll(sent, $0) } }
      return received
    }
    for (rank, outcome) in outcomes.enumerated() {
      #expect(try outcome.get() == [0, 10, 20].map { UInt8($0 + rank) })
    }
  }

  @Test func oneProcessAloneHasWhatItGives() throws {
    let alone = SingleProcess()
    #expect(try alone.gather([5, 6]) == [[5, 6]] && alone.gatherBytes([]) == [[]])
    #expect(try alone.broadcastBytes([1]) == [1])
  }
}

@Suite struct StartedRanksTests {
  private func started(_ variables: [String: String]) -> StartedRanks? { StartedRanks { variables[$0] } }

  @Test func launchersAreKnownByTheirVariables() {
    #expect(
      started(["OMPI_COMM_WORLD_RANK": "1", "OMPI_COMM_WORLD_SIZE": "4"])
        == StartedRanks(launcher: "Open MPI's mpirun", rank: 1, count: 4))
    #expect(started(["PMI_RANK": "0", "PMI_SIZE": "2"])?.count == 2)
    #expect(started(["SLURM_PROCID": "3", "SLURM_STEP_NUM_TASKS": "5"])?.rank == 3)
  }

  @Test func oneProcessStandsAlone() throws {
    #expect(started([:]) == nil)
    #expect(started(["OMPI_COMM_WORLD_RANK": "0", "OMPI_COMM_WORLD_SIZE": "1"]) == nil)
    // A job script, whose steps are started by srun.
    #expect(started(["SLURM_PROCID": "0", "SLURM_NTASKS": "8"]) == nil)
    #expect(started(["PMI_RANK": "zero", "PMI_SIZE": "2"]) == nil)
    #expect(try joinRanks { _ in nil } is SingleProcess)
  }

  #if !MPI
    @Test func severalAreRefusedWithoutMPI() {
      let variables = ["OMPI_COMM_WORLD_RANK": "1", "OMPI_COMM_WORLD_SIZE": "4"]
      let error = #expect(throws: CommunicationError.self) { _ = try joinRanks { variables[$0] } }
      #expect(error?.description.contains("started 4 processes, but this bench was built without MPI") == true)
    }
  #endif
}
