import Foundation
import Tensors
import PickleAssembler
import TestSupport
import Testing

@testable import WeightFiles

@Suite struct HostileTorchTests {
  private func message(of bytes: [UInt8]) throws -> String? {
    let folder = try TemporaryFolder()
    let path = try folder.write(bytes, as: "a.pth")
    do throws(WeightFileError) {
      for tensor in try WeightFile(reading: path).stateDict().tensors { _ = try tensor.bytes() }
      return nil
    } catch {
      #expect(error.description.contains(path), "the message does not name the file")
      return error.description
    }
  }

  private func expect(_ bytes: [UInt8], _ expected: String?, _ location: SourceLocation = #_sourceLocation) throws {
    let found = try message(of: bytes)
    if let expected {
      #expect(found?.contains(expected) == true, "\(found ?? "it was read")", sourceLocation: location)
    } else {
      #expect(found == nil, sourceLocation: location)
    }
  }

  @Test(arguments: [
    ("posix", "system"), ("builtins", "eval"), ("builtins", "getattr"), ("os", "system"), ("torch", "load"),
    ("torch", "Storage"), ("torch.hub", "load"), ("numpy", "ndarray"), ("torch", "float1"),
  ])
  func anObjectThatHoldsNoTensorsIsNamed(_ module: String, _ name: String) throws {
    let call = Pickle.global(module, name) + Pickle.tuple(Pickle.string("touch executed")) + Pickle.reduce
    try expect(Pickle.legacyFile(call), "the Python object \(module).\(name)")
    let stacked = Pickle.string(module) + Pickle.string(name) + [0x93]
    try expect(Pickle.legacyFile(stacked), "the Python object \(module).\(name)")
  }

  @Test func whatIsNoOpcodeIsAnError() throws {
    try expect(Pickle.legacyFile([0xFF]), "255, no opcode")
    try expect(Pickle.legacyFile([0x97]), "NEXT_BUFFER")
    try expect(Pickle.legacyFile([0x80, 6]), "protocol 0 to 5")
  }

  @Test func linesThatAreNoNumbersAreErrors() throws {
    for line in ["I1x\n", "L\n", "L-\n", "L1L2\n", "F1,5\n", "Fx\n", "gx\n", "g1\n", "Sx\n", "S'x\n", "S'\n", "S\n"] {
      #expect(try message(of: Pickle.legacyFile(Array(line.utf8))) != nil, "\(line) was read")
      let other = Pickle.dictionary(("a", Array(line.utf8)))
      #expect(try message(of: Pickle.legacyFile(other))?.contains("expected") == true, "\(line) was read")
    }
  }

  @Test func textsThatAreTooLongForNamesAreNotKept() throws {
    let long = String(repeating: "a", count: 1025)
    for text in [Pickle.string(long), Array("V\(long)\n".utf8), Array("S'\(long)'\n".utf8)] {
      try expect(Pickle.legacyFile(text), "a long text")
    }
  }

  @Test func whatIsMissingOnTheStackIsAnError() throws {
    for program in [
      "0", "1", "2", "t", "e", "s", "u", "a", "b", "R", "Q", "\u{85}", "h\u{7}", "q\u{0}", "(0", "](0", "}Na", "]NNs",
    ] {
      let bytes = program.unicodeScalars.map { UInt8($0.value) }
      #expect(try message(of: Pickle.legacyFile(bytes)) != nil, "\(program) was read")
    }
    try expect(Pickle.legacyFile(Array("}(Nu".utf8)), "keys and values in pairs")
    try expect(Pickle.legacyFile(Pickle.integer(1) + Pickle.integer(1) + Pickle.reduce), "a global and its arguments")
    try expect(Pickle.legacyFile(Pickle.global("torch", "device") + Pickle.none + Pickle.reduce), "and its arguments")
  }

  @Test func lengthsBeyondTheFileAllocateNothing() throws {
    for opcode in ["X", "T", "B"] {
      try expect(Pickle.legacyFile(Array(opcode.utf8) + [0xFF, 0xFF, 0xFF, 0x7F]), "2147483647 more bytes")
    }
    try expect(Pickle.legacyFile([0x8D] + [UInt8](repeating: 0xFF, count: 8)), "\(Int.max) more bytes")
    try expect(Pickle.legacyFile(Array("T".utf8) + [0xFF, 0xFF, 0xFF, 0xFF]), "-1 more bytes")
  }

  @Test func nestingAndSelfReferenceDoNotCrash() throws {
    let deep = Array("N".utf8) + [UInt8](repeating: 0x85, count: 1_000_000)
    try expect(Pickle.legacyFile(deep), "found a tuple")
    let lists =
      [UInt8](repeating: UInt8(ascii: "]"), count: 1_000_000) + [UInt8](repeating: UInt8(ascii: "a"), count: 999_999)
    try expect(Pickle.legacyFile(lists), "found a list")
    // A dictionary that contains itself under "model" is its own state dict, without tensors.
    let itself = Array("}q\u{0}".utf8) + Pickle.string("model") + Array("h\u{0}s".utf8)
    try expect(Pickle.legacyFile(itself), "a dictionary without tensors")
  }

  @Test func objectsHaveABudget() throws {
    try expect(Pickle.legacyFile([UInt8](repeating: UInt8(ascii: "}"), count: 5_000_000)), "256 MiB of objects")
    // Each OrderedDict call would copy the same thousand pairs again.
    let pair = Array("NN".utf8) + [0x86]
    let pairs = Array("](".utf8) + (0..<1000).flatMap { _ in pair } + Array("e".utf8) + [0x85] + Array("q\u{0}0".utf8)
    let call =
      Pickle.global("collections", "OrderedDict") + Array("q\u{1}0".utf8)
      + (0..<100_000).flatMap { _ in Array("h\u{1}h\u{0}R".utf8) }
    try expect(Pickle.legacyFile(pairs + call), "256 MiB of objects")
  }

  @Test func tensorsAreHeldAgainstTheirStorage() throws {
    func file(offset: Int = 0, _ shape: [Int], _ strides: [Int], count: Int = 6, view: [UInt8] = Pickle.none) -> [UInt8]
    {
      let storage = Pickle.storage("0", count: count, view: view)
      let tensor = Pickle.tensor(storage, offset: offset, shape: shape, strides: strides)
      return Pickle.legacyFile(Pickle.dictionary(("w", tensor)), storages: [("0", 6)])
    }
    try expect(file([2, 3], [3, 1]), nil)
    try expect(file([0, 3], [1 << 62, 1 << 62]), nil)
    try expect(file([6], [0]), nil)
    try expect(file([3, 1, 2], [2, Int.max, 1]), nil)
    try expect(file([2, 1, 3], [1, Int.max, 2]), nil)
    try expect(file(offset: 1, [2, 3], [3, 1]), "within the 6 of its storage")
    try expect(file(offset: -1, [2], [1]), "within the 6")
    try expect(file([2, 3], [3, -1]), "within the 6")
    try expect(file([-2, -3], [3, 1]), "within the 6")
    try expect(file([2, 3], [3]), "within the 6")
    try expect(file([7], [1]), "within the 6")
    try expect(file([1 << 40, 1 << 40], [0, 0]), "within the 6")
    try expect(file([3], [Int.max]), "within the 6")
    try expect(file(offset: Int.max, [1], [1]), "within the 6")
    try expect(file([1 << 20, 1 << 20], [0, 0]), "expanded from 6")
    try expect(file([6], [1], count: 7), "7 elements in storage")
    try expect(file([6], [1], count: -6), "parts of a storage's id")
    try expect(file([2], [1], view: Pickle.tuple(Pickle.string("v"), Pickle.integer(4), Pickle.integer(2))), nil)
    try expect(
      file([3], [1], view: Pickle.tuple(Pickle.string("v"), Pickle.integer(4), Pickle.integer(2))), "within the 2")
    try expect(
      file([3], [1], view: Pickle.tuple(Pickle.string("v"), Pickle.integer(Int.max), Pickle.integer(2))), "a view")
    try expect(file(Array(repeating: 1, count: 65), Array(repeating: 1, count: 65)), "shape and strides")
  }

  @Test func aLegacyFileMustHoldExactlyItsStorages() throws {
    let tensor = Pickle.tensor(Pickle.storage("0", count: 2), shape: [2], strides: [1])
    let object = Pickle.dictionary(("w", tensor))
    try expect(Pickle.legacyFile(object, storages: [("0", 2)]), nil)
    try expect(Pickle.legacyFile(object), "storage \"0\" in the file")
    try expect(Pickle.legacyFile(object, storages: [("1", 2)]), "each storage of the object once")
    try expect(Pickle.legacyFile(object, storages: [("0", 2), ("0", 2)]), "each storage of the object once")
    try expect(Pickle.legacyFile(object, storages: [("0", 3)]), "2 elements in storage")
    try expect(Pickle.legacyFile(object, storages: [("0", 2)]) + [0], "the end of the file")
    try expect(Pickle.legacyFile(object, storages: [("0", 2)]).dropLast(1) + [], "2 elements of storage")
    let huge = Pickle.tensor(Pickle.storage("0", count: 1 << 62), shape: [2], strides: [1])
    let claim = Array(Pickle.legacyFile(Pickle.dictionary(("w", huge)), storages: [("0", 0)]).dropLast(8))
    try expect(claim + Pickle.little(1 << 62), "elements of storage \"0\"")
    let other = Pickle.tensor(Pickle.storage("0", count: 2, type: "IntStorage"), shape: [2], strides: [1])
    try expect(
      Pickle.legacyFile(Pickle.dictionary(("w", tensor), ("v", other)), storages: [("0", 2)]), "one class and size")
    try expect(Pickle.legacyFile(Pickle.dictionary(("w", tensor), ("w", tensor)), storages: [("0", 2)]), "twice")
    let inner = Pickle.dictionary(("w", tensor))
    try expect(Pickle.legacyFile(Pickle.dictionary(("model", inner), ("model", inner)), storages: [("0", 2)]), nil)
  }

  @Test func bytesOfAZipArchiveAreHeldAgainstTheirChecksum() throws {
    let whole = try Fixtures.bytes("strides-zip.pth")
    let folder = try TemporaryFolder()
    let names = try WeightFile(reading: Fixtures.path("strides-zip.pth")).tensors.map(\.name)
    // The floats 0...23 lie in one storage shared by several tensors, most of which read only part of it.
    let values = (0..<24).flatMap { Pickle.little(Float($0).bitPattern) }
    let start = try #require((0...whole.count - 96).first { Array(whole[$0..<$0 + 96]) == values })
    var damaged = whole
    damaged[start + 95] ^= 1
    let file = try WeightFile(reading: folder.write(damaged, as: "a.pth"))
    let dict = try file.stateDict()
    for name in names {
      let isOfThatStorage = !["channels_last", "permuted", "half", "integers", "nothing"].contains(name)
      do throws(WeightFileError) {
        _ = try dict[name]?.bytes()
        #expect(!isOfThatStorage, "\(name) was read")
      } catch {
        #expect(isOfThatStorage && error.description.contains("fit their checksum"), "\(name): \(error)")
      }
    }
  }

  @Test func aZipArchiveMustBeOneOfTorchSave() throws {
    let folder = try TemporaryFolder()
    let path = folder.path("a.pth")
    let pickle = Pickle.program(
      Pickle.dictionary(("w", Pickle.tensor(Pickle.storage("0", count: 2), shape: [2], strides: [1]))))
    let cases: [([(String, [UInt8])], String?)] = [
      ([("a/data.pkl", pickle), ("a/data/0", Array(repeating: 0, count: 8))], nil),
      (
        [("a/data.pkl", pickle), ("a/data/0", Array(repeating: 0, count: 8)), ("a/byteorder", Array("big".utf8))],
        "little"
      ),
      ([("a/data.pkl", pickle), ("a/data/0", Array(repeating: 0, count: 9))], "2 elements of 4 bytes"),
      ([("a/data.pkl", pickle), ("a/data/1", Array(repeating: 0, count: 8))], "storage \"0\" in the file"),
      ([("a/data.pkl", pickle), ("b/data.pkl", pickle)], "2 among 2"),
      ([("a.txt", [])], "0 among 1"),
      ([("a/data.pkl", [])], "more bytes"),
    ]
    for (entries, expected) in cases {
      let archive = try ZipWriter(for: path)
      for (name, bytes) in entries { try archive.add(name, bytes) }
      var file = try WholeFile(path: path)
      try archive.finish(to: &file)
      try file.commit()
      try expect([UInt8](try Data(contentsOf: URL(fileURLWithPath: path))), expected)
    }
    try expect(Fixtures.bytes("packed.pth"), "compression")
    try expect(Fixtures.bytes("torchscript.pt"), "TorchScript")
    let whole = try Fixtures.bytes("strides-zip.pth")
    try expect(Array(whole.dropLast(1)), "zip")
    try expect(Array(whole.prefix(100)), "zip")
  }

  @Test(arguments: [
    ("", "an empty file"), ("<!DOCTYPE html>", "a web page"), ("version https://git-lfs.github.com/spec/v1\n", "LFS"),
    ("\u{1F}\u{8B}\u{8}", "neither safetensors"), ("import torch", "neither safetensors"),
  ])
  func foreignFilesAreRecognised(_ text: String, _ expected: String) throws {
    try expect(Array(text.utf8), expected)
  }
}
