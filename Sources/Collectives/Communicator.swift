/// The processes, or ranks, that work together, as seen by one of them: an MPI communicator.
///
/// All ranks call the same functions in the same order, each with the same number of bytes; a call returns when its own
/// part is done. The calls of a rank do not overlap, whichever threads make them.
public protocol Communicator: AnyObject, Sendable {
  /// This process's number, from 0.
  var rank: Int { get }
  /// The number of ranks.
  var count: Int { get }

  /// Sends part i of `count` equal parts of `sent` to rank i, whose part for this rank becomes part i of `received`.
  func allToAll(_ sent: UnsafeRawBufferPointer, _ received: UnsafeMutableRawBufferPointer) throws(CommunicationError)

  /// Gathers the bytes of all ranks on each of them, by rank.
  func allGather(_ sent: UnsafeRawBufferPointer, _ received: UnsafeMutableRawBufferPointer) throws(CommunicationError)

  /// Broadcasts the bytes of rank 0 to all ranks.
  func broadcast(_ bytes: UnsafeMutableRawBufferPointer) throws(CommunicationError)

  /// Ends the communication, as all ranks must; no calls may follow.
  func finish() throws(CommunicationError)

  /// Ends the processes of all ranks with an exit code, whatever they are doing.
  func abort(_ code: Int32)
}

extension Communicator {
  /// Gathers bytes of any length from each rank, by rank.
  public func gatherBytes(_ bytes: [UInt8]) throws(CommunicationError) -> [[UInt8]] {
    let lengths = try gather([bytes.count])
    let longest = lengths.joined().max() ?? 0
    let padded = bytes + [UInt8](repeating: 0, count: longest - bytes.count)
    return zip(try gather(padded), lengths).map { Array($0.prefix($1[0])) }
  }

  /// Gathers the same number of elements from each rank, by rank.
  public func gather<Element: BitwiseCopyable>(_ elements: [Element]) throws(CommunicationError) -> [[Element]] {
    guard let first = elements.first else { return Array(repeating: [], count: count) }
    var gathered = [Element](repeating: first, count: elements.count * count)
    let outcome = elements.withUnsafeBytes { sent in
      gathered.withUnsafeMutableBytes { received in
        Result { () throws(CommunicationError) in try allGather(sent, received) }
      }
    }
    try outcome.get()
    return (0..<count).map { Array(gathered[$0 * elements.count..<($0 + 1) * elements.count]) }
  }

  /// Returns the bytes of rank 0, of any length, on all ranks.
  public func broadcastBytes(_ bytes: [UInt8]) throws(CommunicationError) -> [UInt8] {
    var result = bytes
    let length = try gather([bytes.count])[0][0]
    if rank != 0 { result = [UInt8](repeating: 0, count: length) }
    let outcome = result.withUnsafeMutableBytes { bytes in
      Result { () throws(CommunicationError) in try broadcast(bytes) }
    }
    try outcome.get()
    return result
  }
}
