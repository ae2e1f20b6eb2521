#if MPI
  import CKernels
  import CMPI
  import Glibc

  /// All processes started by mpirun: MPI_COMM_WORLD.
  final class MPICommunicator: Communicator {
    let rank: Int
    let count: Int

    /// Initialises MPI, once per process.
    init() throws(CommunicationError) {
      var provided: Int32 = 0
      try Self.check("MPI_Init_thread", MPI_Init_thread(nil, nil, Int32(MPI_THREAD_SERIALIZED), &provided))
      guard provided >= Int32(MPI_THREAD_SERIALIZED) else {
        throw .failed(call: "MPI_Init_thread", reason: "this MPI was built without support for threads")
      }
      try Self.check("MPI_Comm_set_errhandler", s3n_mpi_return_errors())
      var (rank, count): (Int32, Int32) = (0, 0)
      try Self.check("MPI_Comm_rank", MPI_Comm_rank(s3n_mpi_world(), &rank))
      try Self.check("MPI_Comm_size", MPI_Comm_size(s3n_mpi_world(), &count))
      (self.rank, self.count) = (Int(rank), Int(count))
    }

    func allToAll(
      _ sent: UnsafeRawBufferPointer, _ received: UnsafeMutableRawBufferPointer
    ) throws(CommunicationError) {
      let (bytes, byte, world) = (Int32(sent.count / count), s3n_mpi_byte(), s3n_mpi_world())
      try wait("MPI_Ialltoall") {
        MPI_Ialltoall(sent.baseAddress, bytes, byte, received.baseAddress, bytes, byte, world, &$0)
      }
    }

    func allGather(
      _ sent: UnsafeRawBufferPointer, _ received: UnsafeMutableRawBufferPointer
    ) throws(CommunicationError) {
      let (bytes, byte, world) = (Int32(sent.count), s3n_mpi_byte(), s3n_mpi_world())
      try wait("MPI_Iallgather") {
        MPI_Iallgather(sent.baseAddress, bytes, byte, received.baseAddress, bytes, byte, world, &$0)
      }
    }

    func broadcast(_ bytes: UnsafeMutableRawBufferPointer) throws(CommunicationError) {
      try wait("MPI_Ibcast") {
        MPI_Ibcast(bytes.baseAddress, Int32(bytes.count), s3n_mpi_byte(), 0, s3n_mpi_world(), &$0)
      }
    }

    func finish() throws(CommunicationError) { try Self.check("MPI_Finalize", MPI_Finalize()) }

    func abort(_ code: Int32) { MPI_Abort(s3n_mpi_world(), code) }

    /// Sleeps while waiting, because MPI's own waiting would occupy a whole CPU needed for computing.
    private func wait(
      _ call: String, _ start: (inout MPI_Request?) -> Int32
    ) throws(CommunicationError) {
      var request: MPI_Request? = s3n_mpi_no_request()
      try Self.check(call, start(&request))
      var isDone: Int32 = 0
      while true {
        try Self.check(call, s3n_mpi_test(&request, &isDone))
        if isDone != 0 { return }
        usleep(Self.pauseMicroseconds)
      }
    }

    /// The longest delay until a message is noticed; what arrives meanwhile fits the system's buffers.
    private static let pauseMicroseconds: UInt32 = 50

    private static func check(_ call: String, _ code: Int32) throws(CommunicationError) {
      guard code != MPI_SUCCESS else { return }
      var (text, length) = ([CChar](repeating: 0, count: Int(MPI_MAX_ERROR_STRING)), Int32(0))
      MPI_Error_string(code, &text, &length)
      let characters = text.prefix(Int(length)).map { UInt8(bitPattern: $0) }
      throw .failed(call: call, reason: String(decoding: characters, as: UTF8.self))
    }
  }
#endif
