import Foundation
import Tensors
import TestSupport
import Testing

@testable import WeightFiles

@Suite struct HostileSafetensorsTests {
  /// Returns a file with this header and `dataSize` zero bytes.
  private func file(_ header: String, dataSize: Int) -> [UInt8] {
    withUnsafeBytes(of: UInt64(header.utf8.count)) { [UInt8]($0) } + Array(header.utf8)
      + [UInt8](repeating: 0, count: dataSize)
  }

  private func message(of bytes: [UInt8]) throws -> String? {
    let folder = try TemporaryFolder()
    let path = try folder.write(bytes, as: "a.safetensors")
    do throws(WeightFileError) {
      _ = try SafetensorsFile(reading: path)
      return nil
    } catch {
      #expect(error.description.contains(path), "the message does not name the file")
      return error.description
    }
  }

  @Test(
    arguments: [
      (#"{}"#, 0, nil),
      (#"{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}   "#, 8, nil),
      (
        #"{"b":{"shape":[],"data_offsets":[8,8],"dtype":"F32"},"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}"#,
        8, "shape of \"b\""
      ),
      (
        #"{"b":{"dtype":"I8","shape":[3],"data_offsets":[8,11]},"a":{"dtype":"F64","shape":[],"data_offsets":[0,8]}}"#,
        11, nil
      ),
      (#" {}"#, 0, "{ as the first byte"),
      (#"[]"#, 0, "{ as the first byte"),
      (#"{} x"#, 0, "nothing but spaces"),
      (#"{"a":1}"#, 0, "expected \"{\""),
      (#"{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}"#, 8, "the end of the header"),
      (#"{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8],"x":0}}"#, 8, "found \"x\""),
      (#"{"a":{"dtype":"F32","dtype":"F32","shape":[2],"data_offsets":[0,8]}}"#, 8, "each once"),
      (#"{"a":{"dtype":"F32","shape":[2]}}"#, 8, "two data_offsets"),
      (#"{"a":{"dtype":"F32","shape":[2],"data_offsets":[0]}}"#, 8, "two data_offsets"),
      (#"{"a":{"dtype":"F32","shape":[2.0],"data_offsets":[0,8]}}"#, 8, "expected \"]\""),
      (#"{"a":{"dtype":"F32","shape":[-2],"data_offsets":[0,8]}}"#, 8, "a whole number"),
      (#"{"a":{"dtype":"F32","shape":[02],"data_offsets":[0,8]}}"#, 8, "no leading zero"),
      (#"{"a":{"dtype":"F32","shape":[99999999999999999999],"data_offsets":[0,8]}}"#, 8, "below 10^18"),
      (#"{"a":{"dtype":"F32","shape":[4294967296,4294967296],"data_offsets":[0,8]}}"#, 8, "shape of \"a\""),
      (
        #"{"a":{"dtype":"F32","shape":[0,999999999999999999,999999999999999999],"data_offsets":[0,0]}}"#, 0,
        "shape of \"a\""
      ),
      (#"{"a":{"dtype":"F32","shape":[3],"data_offsets":[0,8]}}"#, 8, "the 8 bytes of its data_offsets"),
      (#"{"a":{"dtype":"F8_E4M3","shape":[8],"data_offsets":[0,8]}}"#, 8, nil),
      (#"{"a":{"dtype":"C64","shape":[1],"data_offsets":[0,8]}}"#, 8, nil),
      (#"{"a":{"dtype":"F9","shape":[8],"data_offsets":[0,8]}}"#, 8, "\"F9\""),
      (#"{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}"#, 7, "at most 7"),
      (#"{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}"#, 9, "8 bytes of data"),
      (#"{"a":{"dtype":"F32","shape":[2],"data_offsets":[4,12]}}"#, 12, "data_offsets of \"a\": expected 0"),
      (#"{"a":{"dtype":"F32","shape":[2],"data_offsets":[8,0]}}"#, 8, "data_offsets of \"a\""),
      (
        #"{"a":{"dtype":"I8","shape":[4],"data_offsets":[0,4]},"b":{"dtype":"I8","shape":[4],"data_offsets":[2,6]}}"#,
        6, "data_offsets of \"b\": expected 4"
      ),
      (
        #"{"a":{"dtype":"I8","shape":[4],"data_offsets":[0,4]},"b":{"dtype":"I8","shape":[4],"data_offsets":[6,10]}}"#,
        10, "data_offsets of \"b\": expected 4"
      ),
      (
        #"{"a":{"dtype":"I8","shape":[4],"data_offsets":[0,4]},"a":{"dtype":"I8","shape":[4],"data_offsets":[4,8]}}"#,
        8, "\"a\" again"
      ),
      (#"{"__metadata__":{"k":"v","k":"w"}}"#, 0, "\"k\" again"),
      (#"{"__metadata__":{"k":1}}"#, 0, "expected \"\"\""),
      (#"{"__metadata__":{},"__metadata__":{}}"#, 0, "\"__metadata__\" again"),
      (#"{"__metadata__":{"k":"\ud83d"}}"#, 0, "surrogate"),
      (#"{"__metadata__":{"k":"\udc26"}}"#, 0, "a Unicode character"),
      (#"{"__metadata__":{"k":"\u12g4"}}"#, 0, "hexadecimal"),
      (#"{"__metadata__":{"k":"\x"}}"#, 0, "a JSON escape"),
      (#"{"__metadata__":{"k":"v}}"#, 0, "the end of a string"),
      ("{\"__metadata__\":{\"k\":\"\n\"}}", 0, "no control character"),
    ] as [(String, Int, String?)])
  func theHeaderIsHeldAgainstTheFile(_ header: String, _ dataSize: Int, _ expected: String?) throws {
    let found = try message(of: file(header, dataSize: dataSize))
    if let expected {
      #expect(found?.contains(expected) == true, "\(found ?? "it was read")")
    } else {
      #expect(found == nil)
    }
  }

  @Test(arguments: [0, 1, 11, 1 << 40, UInt64.max])
  func aHeaderLengthBeyondTheFileIsRefused(_ length: UInt64) throws {
    let bytes = withUnsafeBytes(of: length) { [UInt8]($0) } + Array("{}        ".utf8)
    #expect(try message(of: bytes)?.contains("the header's length") == true)
  }

  @Test func textThatIsNotUnicodeIsRefused() throws {
    var bytes = file(#"{"__metadata__":{"k":"v"}}"#, dataSize: 0)
    bytes[8 + 22] = 0xFF
    #expect(try message(of: bytes)?.contains("UTF-8") == true)
  }

  @Test func aShortFileIsRefused() throws {
    for count in 0..<10 {
      #expect(try message(of: [UInt8](repeating: 0, count: count))?.contains("at least 10 bytes") == true)
    }
  }

  @Test func aFileCutShortWhileOpenIsAnError() throws {
    let folder = try TemporaryFolder()
    let path = folder.path("a.safetensors")
    try writeSafetensors([("a", .zeros([1 << 20]))], metadata: [:], to: path)
    let file = try SafetensorsFile(reading: path)
    #expect(truncate(path, 4096) == 0)
    let error = #expect(throws: WeightFileError.self) { try file.tensor("a") }
    #expect(error?.description.contains("became shorter") == true)
  }

  @Test func controlCharactersOfAFileDoNotReachTheTerminal() throws {
    let found = try message(of: file("{\"\\u001b[31m\":1}", dataSize: 0))
    #expect(found?.unicodeScalars.contains { $0.value < 0x20 } == false)
  }
}
