import Foundation
import Tensors
import Testing

@testable import WeightFiles

/// Feeds the readers sound files with random damage: each is read or refused by a typed error, and nothing else happens.
///
/// By default a fixed number of inputs; with `S3N_FUZZ_SECONDS` as many as fit into that time, for each kind of input.
/// An input that crashes stays in the temporary folder whose path ends in its seed.
@Suite struct MutationTests {
  enum Kind: String, CaseIterable {
    case safetensors, zip, legacy, pickle, program
  }

  @Test(arguments: Kind.allCases)
  func everyInputIsReadOrRefused(_ kind: Kind) throws {
    let seconds = ProcessInfo.processInfo.environment["S3N_FUZZ_SECONDS"].flatMap(Double.init)
    let end = seconds.map { Date().addingTimeInterval($0) }
    let sources = try Sources(kind)
    let folder = try TemporaryFolder()
    var (seed, accepted, refused) = (0, 0, 0)
    while end.map({ Date() < $0 }) ?? (seed < 3000) {
      var generator = SeededGenerator(seed: UInt64(seed), purpose: kind.rawValue)
      let path = try folder.write(sources.input(&generator), as: "input")
      do throws(WeightFileError) {
        let tensors = try sources.read(path)
        for tensor in tensors where tensor.count <= 1 << 20 { try check(tensor) }
        accepted += 1
      } catch {
        #expect(!error.description.isEmpty, "seed \(seed)")
        refused += 1
      }
      seed += 1
    }
    if seconds != nil { print("\(kind): \(seed) inputs, \(accepted) read, \(refused) refused") }
    #expect(accepted > 0 && refused > 0, "\(accepted) read, \(refused) refused: the inputs try nothing")
  }

  /// Reads the elements and holds their number against the shape.
  private func check(_ tensor: StoredTensor) throws(WeightFileError) {
    let row = try WeightInspection.Row(tensor)
    #expect(row.shape == tensor.shape)
    #expect(try tensor.bytes().count == tensor.shape.reduce(1, *) * tensor.elementType.byteCount)
  }
}

/// Where the inputs of one kind come from, and what reads them.
private struct Sources {
  let kind: MutationTests.Kind
  let samples: [[UInt8]]
  let storages: [String: any StoredBytes]

  init(_ kind: MutationTests.Kind) throws {
    self.kind = kind
    let names = ["dtypes", "strides", "checkpoint", "parameters"]
    var storages: [String: any StoredBytes] = [:]
    switch kind {
    case .safetensors: samples = [try Fixtures.bytes("dtypes.safetensors"), try Fixtures.bytes("expected.safetensors")]
    case .zip: samples = try names.map { try Fixtures.bytes("\($0)-zip.pth") }
    case .legacy:
      samples = try names.map { try Fixtures.bytes("\($0)-legacy.pth") } + [Fixtures.bytes("old-legacy.pth")]
    case .pickle, .program:
      let folder = "strides-zip/"
      let entries = try ZipArchive.entries(of: ReadOnlyFile(Fixtures.path("strides-zip.pth")))
      for (name, entry) in entries where name.hasPrefix(folder + "data/") {
        storages[String(name.dropFirst(folder.count + 5))] = entry
      }
      let pickle = try #require(entries[folder + "data.pkl"])
      samples = [try pickle.bytes(at: 0, count: pickle.byteCount)]
    }
    self.storages = storages
  }

  func input(_ generator: inout SeededGenerator) -> [UInt8] {
    if kind == .program { return program(&generator) }
    var bytes = samples[generator.below(samples.count)]
    for _ in 0...generator.below(4) { mutate(&bytes, &generator) }
    return bytes
  }

  func read(_ path: String) throws(WeightFileError) -> [StoredTensor] {
    guard kind == .pickle || kind == .program else {
      return try WeightFile(reading: path).stateDict(ignoring: ["map_origin."]).tensors
    }
    var reader = ByteReader(try ReadOnlyFile(path), place: "data.pkl")
    return try TorchFile(path: path, graph: Unpickler.load(&reader), storages: storages).stateDict().tensors
  }

  /// One change: a bit, a byte, a number at its limits, a stretch left out, doubled or moved, or the end cut off.
  private func mutate(_ bytes: inout [UInt8], _ generator: inout SeededGenerator) {
    guard !bytes.isEmpty else { return bytes.append(UInt8(generator.below(256))) }
    let position = generator.below(bytes.count)
    let stretch = position..<min(bytes.count, position + 1 + generator.below(32))
    switch generator.below(8) {
    case 0: bytes[position] ^= 1 << UInt8(generator.below(8))
    case 1: bytes[position] = UInt8(generator.below(256))
    case 2, 3:
      let numbers: [Int64] = [0, 1, -1, 0x7F, 0xFF, 0x7FFF, 0xFFFF, 0x7FFF_FFFF, 0xFFFF_FFFF, .max, .min, 1 << 40]
      let number = Pickle.little(numbers[generator.below(numbers.count)])
      let width = [1, 2, 4, 8][generator.below(4)]
      bytes.replaceSubrange(position..<min(bytes.count, position + width), with: number.prefix(width))
    case 4: bytes.removeSubrange(stretch)
    case 5: bytes.insert(contentsOf: bytes[stretch], at: position)
    case 6: bytes.insert(contentsOf: bytes[stretch], at: generator.below(bytes.count))
    default: bytes.removeLast(generator.below(bytes.count))
    }
  }

  /// A dictionary whose members are put together from sound pieces in any order.
  private func program(_ generator: inout SeededGenerator) -> [UInt8] {
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
