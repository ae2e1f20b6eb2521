import Files
import Foundation
import Hashing

/// Reads a regular file from its start in pieces; returns its length.
@discardableResult
func eachPiece(
  of path: String, shouldStop: () -> Bool = { false }, _ body: (UnsafeRawBufferPointer) throws(StoreError) -> Void
) throws(StoreError) -> Int {
  let descriptor = openFile(path, O_RDONLY | O_NONBLOCK)
  guard descriptor >= 0 else { throw .cannotRead(path: path, reason: systemReason()) }
  defer { close(descriptor) }
  var status = stat()
  guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
    throw .cannotRead(path: path, reason: "it is not a file")
  }
  let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 20, alignment: 64)
  defer { buffer.deallocate() }
  var total = 0
  while true {
    if shouldStop() { throw .interrupted(kept: nil) }
    let count = readPiece(descriptor, into: buffer)
    guard count >= 0 else { throw .cannotRead(path: path, reason: systemReason()) }
    guard count > 0 else { return total }
    try body(UnsafeRawBufferPointer(rebasing: buffer[..<count]))
    total += count
  }
}

/// The length and checksum of a file.
func checksum(
  of path: String, shouldStop: () -> Bool = { false }
) throws(StoreError) -> (bytes: Int, sha256: String) {
  let hash = try SHA256.forStore()
  let bytes = try eachPiece(of: path, shouldStop: shouldStop) { hash.update($0) }
  return (bytes, try hash.storeDigits)
}
