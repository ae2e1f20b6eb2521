import Foundation

/// Why a file cannot be read, as reported by the system.
public struct ReadFailure: Error, Equatable, Sendable {
  public let reason: String
}

/// All bytes of a file, pipes included; throws if there are more than `longest`, without reading on.
public func readWhole(_ path: String, longest: Int = .max) throws(ReadFailure) -> Data {
  let descriptor = openFile(path, O_RDONLY)
  guard descriptor >= 0 else { throw ReadFailure(reason: systemReason()) }
  defer { close(descriptor) }
  return try readWhole(descriptor, longest: longest)
}

/// The same for an open file, from its current offset.
public func readWhole(_ descriptor: Int32, longest: Int = .max) throws(ReadFailure) -> Data {
  var status = stat()
  var data = Data()
  if fstat(descriptor, &status) == 0 { data.reserveCapacity(min(Int(status.st_size), longest)) }
  var buffer = [UInt8](repeating: 0, count: 1 << 18)
  while true {
    let count = buffer.withUnsafeMutableBytes { readPiece(descriptor, into: $0) }
    guard count >= 0 else { throw ReadFailure(reason: systemReason()) }
    guard count > 0 else { return data }
    guard count <= longest - data.count else { throw ReadFailure(reason: "it may have at most \(longest) bytes") }
    data.append(contentsOf: buffer[..<count])
  }
}

/// The text of a file, with every byte kept as in `pathText`; nil if it cannot be read.
public func readText(_ path: String) -> String? { (try? readWhole(path)).map { pathText($0) } }
