/// One TFRecord record: length and contents, each with its checksum; numbers are little-endian.
///
/// https://www.tensorflow.org/tutorials/load_data/tfrecord#tfrecords_format_details
func tfRecord(_ contents: [UInt8]) -> [UInt8] {
  let length = littleEndian(UInt64(contents.count))
  return length + littleEndian(CRC32C.masked(of: length)) + contents + littleEndian(CRC32C.masked(of: contents))
}

private func littleEndian(_ value: some FixedWidthInteger) -> [UInt8] {
  withUnsafeBytes(of: value.littleEndian, Array.init)
}
