/// Writes a state dict in the format that the output's name asks for: `.safetensors`, `.pth` or `.pt`; names, types and order
/// are kept, and `metadata` where the format has a place for it.
public func writeWeights(
  _ tensors: [StoredTensor], metadata: [String: String] = [:], to output: String
) throws(WeightFileError) {
  if output.hasSuffix(".safetensors") {
    try writeSafetensors(tensors, metadata: metadata, to: output)
  } else if output.hasSuffix(".pth") || output.hasSuffix(".pt") {
    try writeTorch(tensors, to: output)
  } else {
    throw .cannotWrite(path: output, reason: "its name tells no format; end it in .safetensors, .pth or .pt")
  }
}
