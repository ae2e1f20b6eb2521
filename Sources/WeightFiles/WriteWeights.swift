/// The extensions of the formats that `writeWeights` writes.
public let writtenWeightExtensions = [".safetensors", ".pth", ".pt"]

/// Writes a state dict in the format of the output's extension: `.safetensors`, `.pth` or `.pt`. Names and types are
/// kept, as is the order, except that safetensors puts wider types first; only safetensors keeps `metadata`.
public func writeWeights(
  _ tensors: [StoredTensor], metadata: [String: String] = [:], to output: String
) throws(WeightFileError) {
  if output.hasSuffix(".safetensors") {
    try writeSafetensors(tensors, metadata: metadata, to: output)
  } else if output.hasSuffix(".pth") || output.hasSuffix(".pt") {
    try writeTorch(tensors, to: output)
  } else {
    throw .cannotWrite(path: output, reason: "its name does not tell the format; end it in .safetensors, .pth or .pt")
  }
}
