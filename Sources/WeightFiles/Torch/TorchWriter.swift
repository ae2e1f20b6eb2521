import Tensors

/// Writes a state dict in PyTorch's zip format (1.6 and later), which `torch.load(weights_only=True)` reads.
///
/// The output is deterministic, and the file appears complete or not at all.
public func writeTorch(_ tensors: [StoredTensor], to path: String) throws(WeightFileError) {
  try requireDistinctNames(tensors, path: path)
  var file = try WholeFile(path: path)
  let archive = try ZipWriter(for: path)
  try archive.add("archive/data.pkl", Pickler(tensors).bytes)
  try archive.add("archive/byteorder", Array("little".utf8))
  for (key, tensor) in tensors.enumerated() {
    try archive.add("archive/data/\(key)", count: tensor.byteCount) { buffer throws(WeightFileError) in
      try tensor.read(into: buffer)
    }
  }
  try archive.add("archive/version", Array("3\n".utf8))
  try archive.finish(to: &file)
  try file.commit()
}

/// Writes the tensors as float32; see `writeTorch(_:to:)`.
public func writeTorch(_ tensors: [(name: String, tensor: Tensor)], to path: String) throws(WeightFileError) {
  try writeTorch(tensors.map { StoredTensor(name: $0.name, $0.tensor) }, to: path)
}
