import CZlib

/// Decompresses an element with zlib; throws if the result exceeds `limit` bytes.
func inflated(_ compressed: ArraySlice<UInt8>, limit: Int) throws(ReadFailure) -> [UInt8] {
  var stream = z_stream()
  guard inflateInit_(&stream, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size)) == Z_OK else {
    throw ReadFailure("zlib cannot start")
  }
  defer { inflateEnd(&stream) }
  var (input, output) = (Array(compressed), [UInt8]())
  let chunk = 1 << 16
  var buffer = [UInt8](repeating: 0, count: chunk)
  let failure: ReadFailure? = input.withUnsafeMutableBufferPointer { input in
    stream.next_in = input.baseAddress
    stream.avail_in = UInt32(clamping: input.count)
    while true {
      let status = buffer.withUnsafeMutableBufferPointer { buffer in
        stream.next_out = buffer.baseAddress
        stream.avail_out = UInt32(chunk)
        return inflate(&stream, Z_NO_FLUSH)
      }
      output += buffer[..<(chunk - Int(stream.avail_out))]
      guard output.count <= limit else { return ReadFailure("it unpacks to more than \(limit >> 20) MiB") }
      if status == Z_STREAM_END { return nil }
      // No progress before the end: the stream is truncated.
      guard status == Z_OK, stream.avail_in > 0 || stream.avail_out == 0 else {
        return ReadFailure("a compressed part is damaged")
      }
    }
  }
  if let failure { throw failure }
  return output
}
