/// Writes the state dict of a weight file in the format that the output's name asks for: `.safetensors`, `.pth` or `.pt`.
///
/// Types and order are kept; names are normalised, and names that begin with one of `prefixes` left out, as in
/// `WeightFile.stateDict(ignoring:)`, whose result this returns.
@discardableResult
public func convertWeights(
  _ input: String, to output: String, ignoring prefixes: [String] = []
) throws(WeightFileError) -> StateDict {
  let file = try WeightFile(reading: input)
  let dict = try file.stateDict(ignoring: prefixes)
  if output.hasSuffix(".safetensors") {
    try writeSafetensors(dict.tensors, metadata: file.metadata, to: output)
  } else if output.hasSuffix(".pth") || output.hasSuffix(".pt") {
    try writeTorch(dict.tensors, to: output)
  } else {
    throw .cannotWrite(path: output, reason: "its name tells no format; end it in .safetensors, .pth or .pt")
  }
  return dict
}
