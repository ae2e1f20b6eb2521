import Tensors

/// Writes the tensors as float32 in their order, the same bytes for the same input; the file appears whole or not at all.
public func writeSafetensors(
  _ tensors: [(name: String, tensor: Tensor)], metadata: [String: String], to path: String
) throws(WeightFileError) {
  var offset = 0
  var members = metadata.isEmpty ? [] : [metadataMember(metadata)]
  var names: Set<String> = ["__metadata__"]
  for (name, tensor) in tensors {
    guard names.insert(name).inserted else {
      throw .cannotWrite(path: path, reason: "the name \"\(name)\" stands twice or is reserved")
    }
    let end = offset + tensor.count * 4
    let shape = tensor.shape.map(String.init).joined(separator: ",")
    members.append("\(quoted(name)):{\"dtype\":\"F32\",\"shape\":[\(shape)],\"data_offsets\":[\(offset),\(end)]}")
    offset = end
  }
  var header = Array("{\(members.joined(separator: ","))}".utf8)
  // Spaces up to a multiple of 8, so that the elements are aligned in a memory map of the file.
  header += [UInt8](repeating: 0x20, count: (8 - header.count % 8) % 8)
  let file = try WholeFile(path: path)
  let length = withUnsafeBytes(of: UInt64(header.count).littleEndian) { [UInt8]($0) }
  try file.write(length + header)
  for (_, tensor) in tensors {
    defer { keepAlive(tensor) }
    try file.write(UnsafeRawBufferPointer(start: tensor.read, count: tensor.count * 4))
  }
  try file.commit()
}

private func metadataMember(_ metadata: [String: String]) -> String {
  let pairs = metadata.sorted { $0.key < $1.key }.map { "\(quoted($0.key)):\(quoted($0.value))" }
  return "\"__metadata__\":{\(pairs.joined(separator: ","))}"
}

/// The text as a JSON string.
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
