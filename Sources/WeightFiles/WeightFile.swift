/// A file of network weights in any supported format, recognised by its content rather than its name.
public struct WeightFile: Sendable {
  public enum Format: String, Sendable, CaseIterable {
    case safetensors = "safetensors"
    case torchZip = "PyTorch (zip)"
    case torchLegacy = "PyTorch (before 1.6)"
  }

  /// Part of a file that is not used, and why.
  public struct LeftOut: Sendable, Equatable {
    public let name: String
    public let reason: String

    public init(name: String, reason: String) {
      self.name = name
      self.reason = reason
    }
  }

  public let path: String
  public let format: Format
  /// The string metadata of a safetensors file; empty for other formats.
  public let metadata: [String: String]
  /// The tensors of the file's state dict, in file order and under their names in the file.
  public let tensors: [StoredTensor]
  /// The other contents of the file, such as optimiser state or epoch numbers.
  public let leftOut: [LeftOut]
  /// The keys under which the file holds the state dict, joined by dots; nil if it is the saved object itself.
  public let entry: String?
  /// The keys of other state dicts in the file, such as an average of the same weights.
  public let otherEntries: [String]

  /// Opens the file and checks everything except the elements, which are read on demand.
  ///
  /// If the file holds several state dicts, takes the one under the keys `entry`, or the most likely one if nil.
  public init(reading path: String, entry: String? = nil) throws(WeightFileError) {
    let file = try ReadOnlyFile(path)
    self.path = path
    format = try Format(recognising: file)
    switch format {
    case .safetensors:
      if let entry { throw .noSuchEntry(path: path, name: entry, known: []) }
      let contents = try SafetensorsFile(file)
      metadata = contents.metadata
      (tensors, leftOut) = (contents.entries, contents.leftOut)
      (self.entry, otherEntries) = (nil, [])
    case .torchZip, .torchLegacy:
      let torch = try format == .torchZip ? TorchFile(zip: file) : TorchFile(legacy: file)
      let contents = try torch.stateDict(entry)
      metadata = [:]
      (tensors, leftOut) = (contents.tensors, contents.leftOut)
      (self.entry, otherEntries) = (contents.entry, contents.otherEntries)
    }
  }
}

extension WeightFile {
  /// Opens a safetensors file in memory; error messages call it `name`.
  public init(safetensors bytes: [UInt8], named name: String) throws(WeightFileError) {
    let contents = try SafetensorsFile(BytesInMemory(path: name, bytes: bytes))
    (path, format, metadata) = (name, .safetensors, contents.metadata)
    (tensors, leftOut) = (contents.entries, contents.leftOut)
    (entry, otherEntries) = (nil, [])
  }
}

extension WeightFile.Format {
  /// Recognises the format by the first bytes; otherwise throws an error that says what the file seems to be.
  init(recognising file: ReadOnlyFile) throws(WeightFileError) {
    let start = try file.bytes(at: 0, count: min(file.byteCount, 512))
    func begins(_ bytes: [UInt8], at offset: Int = 0) -> Bool { start.dropFirst(offset).starts(with: bytes) }
    func begins(_ text: String, at offset: Int = 0) -> Bool { begins(Array(text.utf8), at: offset) }

    if begins("PK\u{3}\u{4}") {
      self = .torchZip
    } else if TorchFile.isLegacy(start) {
      self = .torchLegacy
    } else if begins("{", at: 8) {
      self = .safetensors
    } else {
      let (seen, advice) =
        if start.isEmpty {
          ("an empty file, ", "fetch or make it again")
        } else if begins("<") {
          ("a web page, ", "the download went wrong: fetch the file itself")
        } else if begins("version https://git-lfs") {
          ("a Git LFS pointer, ", "run git lfs pull to get the file itself")
        } else if begins([0x1F, 0x8B]) || begins("ustar", at: 257) {
          ("a packed archive, ", "unpack it and name a file in it")
        } else if begins([0x80]) {
          ("a Python pickle, ", "save it with torch.save or as safetensors")
        } else {
          ("", "convert it to safetensors")
        }
      throw .unsupported(
        path: file.path, place: "the first bytes", found: seen + "neither safetensors nor a file of torch.save",
        advice: advice)
    }
  }
}
