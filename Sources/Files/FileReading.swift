import Foundation

/// Why a file cannot be read, as the system says.
public struct ReadFailure: Error, Equatable, Sendable {
  public let reason: String
}

/// All bytes of a file, pipes included.
public func readWhole(_ path: String) throws(ReadFailure) -> Data {
  let descriptor = openFile(path, O_RDONLY)
  guard descriptor >= 0 else { throw ReadFailure(reason: systemReason()) }
  defer { close(descriptor) }
  var status = stat()
  var data = Data()
  if fstat(descriptor, &status) == 0 { data.reserveCapacity(Int(status.st_size)) }
  var buffer = [UInt8](repeating: 0, count: 1 << 18)
  while true {
    let count = buffer.withUnsafeMutableBytes { buffer in
      repeated(.read) { read(descriptor, buffer.baseAddress, $0 ? (buffer.count + 1) / 2 : buffer.count) }
    }
    guard count >= 0 else { throw ReadFailure(reason: systemReason()) }
    guard count > 0 else { return data }
    data.append(contentsOf: buffer[..<count])
  }
}
