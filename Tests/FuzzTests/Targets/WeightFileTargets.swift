import PickleAssembler
import Tensors
import Testing

@testable import WeightFiles

extension FuzzTarget {
  /// Whole files through the front that recognises their format.
  static func weights(_ names: [String]) throws -> FuzzTarget {
    FuzzTarget(samples: try names.map(Fixtures.bytes), mayThrow: { $0 is WeightFileError }) { path in
      try check(WeightFile(reading: path).stateDict(ignoring: ["map_origin."]).tensors)
    }
  }

  /// Pickles beside sound storages: damaged ones, or programs put together from sound pieces.
  static func pickles(programs: Bool) throws -> FuzzTarget {
    let sources = try PickleSources()
    return FuzzTarget(
      input: { programs ? sources.program(&$0) : Mutator.input(from: [sources.sample], &$0) },
      mayThrow: { $0 is WeightFileError }
    ) { path in try check(sources.read(path)) }
  }

  /// Reads the elements and holds their number against the shape.
  private static func check(_ tensors: [StoredTensor]) throws(WeightFileError) {
    for tensor in tensors where tensor.count <= 1 << 20 {
      let row = try WeightInspection.Row(tensor)
      #expect(row.shape == tensor.shape)
      #expect(try tensor.bytes().count == tensor.shape.reduce(1, *) * tensor.elementType.byteCount)
    }
  }
}

/// The pickle of a sound file, and the storages that it refers to.
private struct PickleSources {
  let sample: [UInt8]
  let storages: [String: any StoredBytes]

  init() throws {
    let folder = "strides-zip/"
    let entries = try ZipArchive.entries(of: ReadOnlyFile(Fixtures.path("strides-zip.pth")))
    var storages: [String: any StoredBytes] = [:]
    for (name, entry) in entries where name.hasPrefix(folder + "data/") {
      storages[String(name.dropFirst(folder.count + 5))] = entry
    }
    let pickle = try #require(entries[folder + "data.pkl"])
    sample = try pickle.bytes(at: 0, count: pickle.byteCount)
    self.storages = storages
  }

  func read(_ path: String) throws(WeightFileError) -> [StoredTensor] {
    var reader = ByteReader(try ReadOnlyFile(path), place: "data.pkl")
    return try TorchFile(path: path, graph: Unpickler.load(&reader), storages: storages).stateDict().tensors
  }

  /// A dictionary whose members are put together from sound pieces in any order.
  func program(_ generator: inout SeededGenerator) -> [UInt8] {
    var body: [UInt8] = []
    for index in 0...generator.below(6) {
      body += Pickle.string("w\(index)")
      for _ in 0..<[1, 1, 1, 1, 2, 3][generator.below(6)] { body += piece(&generator) }
    }
    return Pickle.program(Array("}(".utf8) + body + Array("u".utf8))
  }

  private func piece(_ generator: inout SeededGenerator) -> [UInt8] {
    let numbers = [0, 1, 2, 3, 6, 24, 120, -1, 1 << 31, 1 << 40, Int.max, Int.min]
    func number() -> Int { numbers[generator.below(generator.below(3) == 0 ? numbers.count : 6)] }
    func sizes() -> [Int] { (0..<generator.below(4)).map { _ in number() } }
    let globals = [
      ("collections", "OrderedDict"), ("torch", "Size"), ("torch.nn.parameter", "Parameter"), ("torch", "FloatTensor"),
      ("torch._utils", "_rebuild_parameter"), ("torch._utils", "_rebuild_tensor_v2"), ("_codecs", "encode"),
      ("builtins", "set"), ("torch", "device"), ("torch", "float32"), ("torch._utils", "_rebuild_tensor_v3"),
    ]
    let key = storages.keys.sorted()[generator.below(storages.count)]
    let width = [4, 4, 4, 2, 1][generator.below(5)]
    let count = generator.below(8) == 0 ? number() : (storages[key]?.byteCount ?? 0) / width
    let type = ["", "UntypedStorage", "HalfStorage", "", "FloatStorage"][width]
    let storage = Pickle.storage(generator.below(16) == 0 ? "none" : key, count: count, type: type)
    switch generator.below(11) {
    case 0, 1, 2, 3, 4: return Pickle.tensor(storage, offset: number(), shape: sizes(), strides: sizes())
    case 5: return storage
    case 6:
      let global = globals[generator.below(globals.count)]
      return Pickle.global(global.0, global.1)
    case 7: return Pickle.integers(sizes())
    case 8: return Pickle.string("model")
    default:
      return Array(
        ["R", "b", "t", "(", "0", "1", "2", "}", "]", "a", "s", "u", "e", "Q", "\u{1}"][generator.below(15)].utf8)
    }
  }
}
