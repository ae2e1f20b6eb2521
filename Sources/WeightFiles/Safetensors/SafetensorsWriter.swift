import Tensors

/// Writes the tensors as float32 in their order, deterministically; the file appears complete or not at all.
public func writeSafetensors(
  _ tensors: [(name: String, tensor: Tensor)], metadata: [String: String], to path: String
) throws(WeightFileError) {
  try writeSafetensors(tensors.map { StoredTensor(name: $0.name, $0.tensor) }, metadata: metadata, to: path)
}

/// Writes the tensors in their own types, deterministically; the file appears complete or not at all.
///
/// Wider types come first, because other readers expect each element aligned to its size; otherwise the order is kept.
public func writeSafetensors(
  _ tensors: [StoredTensor], metadata: [String: String], to path: String
) throws(WeightFileError) {
  try requireDistinctNames(tensors, reserved: ["__metadata__"], path: path)
  let widths = Set(tensors.map(\.elementType.byteCount)).sorted(by: >)
  let ordered = widths.flatMap { width in tensors.filter { $0.elementType.byteCount == width } }
  var header = safetensorsHeader(ordered, metadata: metadata)
  // Pad with spaces to a multiple of 8, so that the elements are aligned when the file is memory-mapped.
  header += [UInt8](repeating: 0x20, count: (8 - header.count % 8) % 8)
  var file = try WholeFile(path: path)
  try file.write(withUnsafeBytes(of: UInt64(header.count).littleEndian) { [UInt8]($0) } + header)
  for tensor in ordered { try tensor.write(to: &file) }
  try file.commit()
}

/// Throws if a name occurs twice or is reserved by the format.
func requireDistinctNames(
  _ tensors: [StoredTensor], reserved: Set<String> = [], path: String
) throws(WeightFileError) {
  var names = reserved
  for tensor in tensors where !names.insert(tensor.name).inserted {
    throw .cannotWrite(path: path, reason: "the name \"\(tensor.name)\" stands twice or is reserved; rename the tensor")
  }
}

private func safetensorsHeader(_ tensors: [StoredTensor], metadata: [String: String]) -> [UInt8] {
  var members: [String] = []
  if !metadata.isEmpty {
    let pairs = metadata.sorted { $0.key < $1.key }.map { "\(quoted($0.key)):\(quoted($0.value))" }
    members.append("\"__metadata__\":{\(pairs.joined(separator: ","))}")
  }
  var offset = 0
  for tensor in tensors {
    let end = offset + tensor.byteCount
    let shape = tensor.shape.map(String.init).joined(separator: ",")
    members.append(
      "\(quoted(tensor.name)):{\"dtype\":\"\(tensor.elementType.rawValue)\",\"shape\":[\(shape)],"
        + "\"data_offsets\":[\(offset),\(end)]}")
    offset = end
  }
  return Array("{\(members.joined(separator: ","))}".utf8)
}

/// Returns the text as a JSON string.
private func quoted(_ text: String) -> String {
  var result = "\""
  for scalar in text.unicodeScalars {
    switch scalar {
    case "\"": result += "\\\""
    case "\\": result += "\\\\"
    case "\u{0}"..<"\u{20}":
      let digits = String(scalar.value, radix: 16)
      result += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
    default: result.unicodeScalars.append(scalar)
    }
  }
  return result + "\""
}
