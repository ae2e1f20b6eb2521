import PickleAssembler
import Tensors
import Testing

@testable import WeightFiles

/// Valid pickles of every protocol, and storages that tensors may refer to.
struct PickleSources {
  private let samples: [[UInt8]]
  private let storages: [String: any StoredBytes]

  init() throws {
    let folder = "strides-zip/"
    let entries = try ZipArchive.entries(of: ReadOnlyFile(Fixtures.path("strides-zip.pth")))
    var storages: [String: any StoredBytes] = [:]
    for (name, entry) in entries where name.hasPrefix(folder + "data/") {
      storages[String(name.dropFirst(folder.count + 5))] = entry
    }
    let pickle = try #require(entries[folder + "data.pkl"])
    let objects = try (0...5).map { try Fixtures.bytes("protocol\($0).pkl") }
    samples = [try pickle.bytes(at: 0, count: pickle.byteCount)] + objects
    self.storages = storages
  }

  /// Returns a damaged valid pickle.
  func damaged(_ generator: inout SeededGenerator) -> [UInt8] { Mutator.input(from: samples, &generator) }

  func read(_ path: String) throws(WeightFileError) -> [StoredTensor] {
    var reader = ByteReader(try ReadOnlyFile(path), place: "data.pkl")
    return try TorchFile(path: path, graph: Unpickler.load(&reader), storages: storages).stateDict().tensors
  }

  /// Returns a dictionary whose members are assembled from valid pieces in any order.
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
      ("collections", "Counter"), ("collections", "defaultdict"), ("torch._tensor", "_rebuild_from_type_v2"),
      ("torch._utils", "_rebuild_sparse_tensor"), ("torch", "complex64"), ("os", "system"), ("net", "Net"),
      ("copy_reg", "_reconstructor"),
    ]
    let key = storages.keys.sorted()[generator.below(storages.count)]
    let width = [4, 4, 4, 2, 1][generator.below(5)]
    let count = generator.below(8) == 0 ? number() : (storages[key]?.byteCount ?? 0) / width
    let type = ["", "UntypedStorage", "HalfStorage", "", "FloatStorage"][width]
    let storage = Pickle.storage(generator.below(16) == 0 ? "none" : key, count: count, type: type)
    switch generator.below(13) {
    case 0, 1, 2, 3, 4: return Pickle.tensor(storage, offset: number(), shape: sizes(), strides: sizes())
    case 5: return storage
    case 6:
      let global = globals[generator.below(globals.count)]
      return Pickle.global(global.0, global.1)
    case 7: return Pickle.integers(sizes())
    case 8: return Pickle.string(["model", "state_dict", "_parameters", "_modules", "_buffers"][generator.below(5)])
    case 9:
      // An object of an unknown class with attributes, possibly a module.
      let attributes = ["_parameters", "_modules", "_buffers"].map { Pickle.string($0) + piece(&generator) }
      return Pickle.global("net", "Net") + Array(")\u{81}".unicodeScalars.map { UInt8($0.value) }) + Array("}(".utf8)
        + attributes.joined() + Array("ub".utf8)
    case 10:
      return [
        Array("I12\n".utf8), Array("L-3L\n".utf8), Array("F1.5\n".utf8), Array("S'a\\x41'\n".utf8),
        Array("Va\\u0041\n".utf8),
        Array("g1\n".utf8), Array("p1\n".utf8), Array("P1\n".utf8), Array("inet\nNet\n".utf8), [0x82, 1], [0x92],
        [0x81],
        [0x93], [0x91], [0x8F], [0x90], [0x94], [0x98],
      ][generator.below(18)]
    default:
      return Array(
        ["R", "b", "t", "(", "0", "1", "2", "}", "]", "a", "s", "u", "e", "Q", "o", "d", ")"][generator.below(17)].utf8)
    }
  }
}
