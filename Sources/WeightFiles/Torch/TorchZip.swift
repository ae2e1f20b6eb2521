extension TorchFile {
  /// Opens a file in the zip format (PyTorch 1.6 and later): `NAME/data.pkl` and one entry `NAME/data/KEY` per storage.
  init(zip file: ReadOnlyFile) throws(WeightFileError) {
    let entries = try ZipArchive.entries(of: file)
    let pickles = entries.keys.filter { $0.hasSuffix("/data.pkl") }
    guard let name = pickles.first, pickles.count == 1, let pickle = entries[name] else {
      throw .malformed(
        path: file.path, place: "the zip directory", expected: "one entry NAME/data.pkl of torch.save",
        found: "\(pickles.count) among \(entries.count) entries")
    }
    let folder = name.dropLast("data.pkl".count)
    guard entries[folder + "constants.pkl"] == nil else {
      throw .unsupported(
        path: file.path, place: "the zip directory", found: "a TorchScript archive",
        advice: "load it with torch.jit.load and torch.save its state_dict()")
    }
    if let order = try entries[folder + "byteorder"]?.requireStored(),
      try order.bytes(at: 0, count: order.byteCount) != Array("little".utf8)
    {
      throw .unsupported(
        path: file.path, place: "entry byteorder", found: "another order than little-endian",
        advice: "save it again on a little-endian machine")
    }
    var reader = try ByteReader(pickle.requireStored(), place: "data.pkl")
    path = file.path
    graph = try Unpickler.load(&reader)
    let data = folder + "data/"
    var storages: [String: any StoredBytes] = [:]
    for (name, entry) in entries where name.hasPrefix(data) {
      storages[String(name.dropFirst(data.count))] = try entry.requireStored()
    }
    self.storages = storages
  }
}
