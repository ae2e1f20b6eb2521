import Foundation
import PickleAssembler
import TestSupport
import Testing

@testable import WeightFiles

/// Objects next to the weights that no weight reader knows: they build nothing, run nothing, and are named.
@Suite struct UnknownObjectTests {
  private static let weight = Pickle.tensor(Pickle.storage("0", count: 2), shape: [2], strides: [1])

  /// Reads a file with a state dict under "model" and `other` next to it.
  private func read(_ other: [UInt8]) throws -> WeightFile {
    let object = Pickle.dictionary(("other", other), ("model", Pickle.dictionary(("w", Self.weight))))
    let folder = try TemporaryFolder()
    return try WeightFile(reading: folder.write(Pickle.legacyFile(object, storages: [("0", 2)]), as: "a.pth"))
  }

  private static let touch = Pickle.string("touch \(NSTemporaryDirectory())/executed")
  private static let system = Pickle.global("posix", "system")
  private static let made = system + Pickle.tuple(touch) + Pickle.reduce
  private static let emptied: [UInt8] = Array(")".utf8)

  static let ways: [(String, [UInt8])] = [
    ("GLOBAL", system),
    ("STACK_GLOBAL", Pickle.string("posix") + Pickle.string("system") + [0x93]),
    ("REDUCE", made),
    ("NEWOBJ", system + emptied + [0x81]),
    ("NEWOBJ_EX", system + emptied + Array("}".utf8) + [0x92]),
    ("INST", Pickle.mark + touch + Array("iposix\nsystem\n".utf8)),
    ("OBJ", Pickle.mark + system + touch + Array("o".utf8)),
    ("BUILD of attributes", made + Pickle.dictionary(("a", touch)) + Array("b".utf8)),
    ("BUILD of slots", made + Pickle.tuple(Pickle.none, Pickle.dictionary(("a", touch))) + Array("b".utf8)),
    ("BUILD of a text", made + touch + Array("b".utf8)),
    ("APPEND", made + touch + Array("a".utf8)),
    ("APPENDS", made + Pickle.mark + touch + touch + Array("e".utf8)),
    ("ADDITEMS", made + Pickle.mark + touch + [0x90]),
    ("SETITEM", made + touch + touch + Array("s".utf8)),
    ("SETITEMS", made + Pickle.mark + touch + touch + Array("u".utf8)),
    ("a call of what was called", made + Pickle.tuple(touch) + Pickle.reduce),
    ("a class given to a helper", Pickle.global("copy_reg", "_reconstructor") + Pickle.tuple(system) + Pickle.reduce),
    (
      "a class of a module",
      Pickle.tuple(Pickle.string("module"), system, touch, touch) + Array("Q".utf8) + emptied + [0x81]
    ),
  ]

  @Test(arguments: ways.map(\.0)) func tensorsBesideItLoad(_ way: String) throws {
    let other = try #require(Self.ways.first { $0.0 == way }).1
    let file = try read(other)
    #expect(file.tensors.map(\.name) == ["w"])
    #expect(try file.tensors[0].tensor().elements == [0, 0])
    #expect(file.leftOut == [.init(name: "other", reason: "the Python object posix.system")])
    #expect(!FileManager.default.fileExists(atPath: NSTemporaryDirectory() + "/executed"))
  }

  @Test func whatHasNoNameIsLeftOutToo() throws {
    for (other, kind) in [
      (Array("P12\n".utf8), "the Python object of a persistent id"),
      (Pickle.string("a") + Array("Q".utf8), "the Python object of a persistent id"),
      ([0x82, 1], "the Python object of extension 1"), ([0x83, 1, 1], "the Python object of extension 257"),
      ([0x84, 1, 0, 1, 0], "the Python object of extension 65537"),
      ([0x8E] + Pickle.little(UInt64(3)) + [1, 2, 3], "bytes"),
      ([0x96] + Pickle.little(UInt64(1)) + [1, 0x98], "bytes"),
      (Array("U\u{2}".utf8) + [0xFF, 0xFE], "bytes"),
      (Pickle.string(String(repeating: "x", count: 70_000)), "a long text"),
      ([0x8B] + Pickle.little(Int32(70_000)) + [UInt8](repeating: 1, count: 70_000), "a long integer"),
    ] {
      #expect(try read(other).leftOut == [.init(name: "other", reason: "\(kind)")])
    }
  }

  @Test func attributesThatAreADictionaryAreSearched() throws {
    let attributes = Pickle.dictionary(("state_dict", Pickle.dictionary(("w", Self.weight))))
    let object = Pickle.global("argparse", "Namespace") + Self.emptied + [0x81] + attributes + Array("b".utf8)
    let folder = try TemporaryFolder()
    let path = try folder.write(Pickle.legacyFile(object, storages: [("0", 2)]), as: "a.pth")
    #expect(try WeightFile(reading: path).entry == "state_dict")
  }

  @Test func aTupleThatHoldsItselfTakesItsMarkAway() throws {
    // ([t],) as written by protocols 0 and 1: the tuple's own memo entry replaces what was begun.
    let recursive = Pickle.mark + Array("(lp0\n(g0\ntp1\na00g1\n".utf8)
    let file = try read(recursive)
    #expect(file.leftOut == [.init(name: "other", reason: "a tuple")])
  }

  @Test func largeDataBesideTheWeightsCostsNothing() throws {
    // More than the object budget, but none of it is kept. On disk it is a hole.
    let marker = Array("a place for it".utf8)
    let object = Pickle.dictionary(("other", marker), ("model", Pickle.dictionary(("w", Self.weight))))
    let file = Pickle.legacyFile(object, storages: [("0", 2)])
    let place = try #require((0..<file.count).first { file[$0...].starts(with: marker) })
    let folder = try TemporaryFolder()
    let count = 300 << 20
    let path = try folder.write(file[..<place] + Array("B".utf8) + Pickle.little(UInt32(count)), as: "a.pth")
    let handle = try FileHandle(forWritingTo: URL(fileURLWithPath: path))
    try handle.seek(toOffset: UInt64(place + 5 + count))
    try handle.write(contentsOf: Data(file[(place + marker.count)...]))
    try handle.close()
    #expect(try WeightFile(reading: path).tensors.map(\.name) == ["w"])
  }

  @Test(
    arguments: ["objects-zip", "objects-legacy"]
      + [1, 3, 4, 5].flatMap { ["objects-protocol\($0)-zip", "objects-protocol\($0)-legacy"] })
  func everythingThatScriptsSaveIsNamed(_ name: String) throws {
    let file = try WeightFile(reading: Fixtures.path(name + ".pth"))
    #expect(file.entry == "state_dict" && file.tensors.map(\.name) == ["weight", "steps"])
    let kinds = Dictionary(uniqueKeysWithValues: file.leftOut.map { ($0.name, $0.reason) })
    #expect(kinds.count == 29)
    for (name, kind) in [
      "counter": "a dictionary", "complex": "a complex number", "bytearray": "a bytearray", "bytes": "bytes",
      "sets": "a list", "size": "a tuple", "types": "a list", "device": "a device", "recursive": "a tuple",
      "namespace": "the Python object argparse.Namespace", "defaultdict": "a dictionary",
      "scalar": "the Python object numpy._core.multiarray.scalar", "path": "the Python object pathlib.PurePosixPath",
      "date": "the Python object datetime.datetime", "enum": "the Python object http.HTTPStatus",
      "decimal": "the Python object decimal.Decimal", "partial": "the Python object functools.partial",
      "deque": "the Python object collections.deque", "class": "the Python object argparse.ArgumentParser",
      "simple": "the Python object types.SimpleNamespace", "slice": "the Python object builtins.slice",
      "epoch": "an integer",
    ] {
      // Protocol 5 writes it as bytes.
      let isFive = name == "bytearray" && file.path.contains("protocol5")
      #expect(kinds[name] == "\(isFive ? "bytes" : kind)", "\(name)")
    }
  }

  @Test(arguments: 0...5) func theObjectsOfEveryProtocolAreRead(_ protocolVersion: Int) throws {
    var reader = ByteReader(try ReadOnlyFile(Fixtures.path("protocol\(protocolVersion).pkl")), place: "a pickle")
    let graph = try Unpickler.load(&reader)
    #expect(reader.remaining == 0)
    var values: [String: PickleValue] = [:]
    for case (.string(let name), let value) in graph.pairs(graph.root) ?? [] { values[name] = value }
    #expect(values.count == 29)

    let numbers = try #require(values["numbers"].flatMap(graph.sequence))
    let whole = numbers.map { if case .integer(let number) = $0 { number } else { 0 } }
    #expect(whole == [1 << 31, -(1 << 31), 0, 0, 0, 0, 0, 0, 0, 255, 65535])
    guard case .longInteger(let big) = numbers[2], case .longInteger(let negative) = numbers[3] else {
      Issue.record("2^63 and -2^200 are no integers beyond 64 bits")
      return
    }
    #expect(big == [0, 0, 0, 0, 0, 0, 0, 128, 0])
    #expect(negative == [UInt8](repeating: 0, count: 25) + [0xFF])
    guard case .float(1.5) = numbers[5], case .float(.infinity) = numbers[6], case .bool(true) = numbers[7],
      case .none = numbers[8]
    else {
      Issue.record("\(numbers)")
      return
    }
    let texts = try #require(values["texts"].flatMap(graph.sequence))
    let read = texts.map { if case .string(let text) = $0 { text } else { "" } }
    #expect(read == ["é\n\\u0041\\", "'", "\"", String(repeating: "x", count: 300), "\u{1F600}"])
    let namespace = try #require(values["namespace"].flatMap(graph.pairs))
    #expect(namespace.count == 3)
  }
}
