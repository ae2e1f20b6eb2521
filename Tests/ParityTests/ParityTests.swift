import Foundation
import Models
import Tensors
import Testing
import WeightFiles

@testable import Parity

@Suite struct ParityTests {
  @Test(arguments: ["resnet-bf16-train", "s3n-p2-train-basic"])
  func theEngineEqualsTheReleasedCode(_ name: String) throws {
    let report = try ParityReport(bundle: path(name))
    #expect(report.rows.count > 100)
    for row in report.rows { #expect(row.holds, "\(row.tensor): \(row.error) over \(row.allowed)") }
  }

  /// Values are rounded where PyTorch rounds them, so both err alike. The last bit of a sum decides which ReLUs near
  /// zero pass a gradient and moves single rows: PyTorch itself, channels last, exceeds 1.5 times its error in eight
  /// rows here. So outputs are checked singly, gradients together. (This copy lacks the larger `after` tensors.)
  @Test func bf16ErrsAsPyTorchDoes() throws {
    let rows = try ParityReport(bundle: path("resnet-bf16-train"), .bf16).rows
    for row in rows where !row.tensor.hasPrefix("grad.") && !row.tensor.hasPrefix("after.classifier") {
      #expect(row.holds, "\(row.tensor): \(row.error) over \(row.allowed)")
    }
    let ratios = rows.filter { $0.tensor.hasPrefix("grad.") }.map { $0.error / ($0.referenceBF16 ?? .nan) }.sorted()
    #expect(ratios.count > 50 && (0.8...1.2).contains(ratios[ratios.count / 2]), "\(ratios)")
  }

  @Test func aBundleWithoutBF16IsAnError() throws {
    let path = try path("s3n-p2-train-basic")
    #expect(throws: ParityError.noBF16(path: path)) { try ParityReport(bundle: path, .bf16) }
  }

  /// A float tensor's values begin at the offset in its header entry, after 8 bytes and the header.
  @Test(arguments: ["forward.feature", "grad.features.4.0.conv1.weight", "after.classifier.bias", "loss"])
  func oneAlteredNumberFails(_ tensor: String) throws {
    let altered = try alteredCopy("resnet-bf16-train") { bytes, firstByte in
      let at = try firstByte(tensor)
      let value = Float(bitPattern: bytes[at..<at + 4].reversed().reduce(0) { $0 << 8 | UInt32($1) })
      withUnsafeBytes(of: (value * 1.01 + 0.01).bitPattern.littleEndian) {
        bytes.replaceSubrange(at..<at + 4, with: $0)
      }
    }
    defer { try? FileManager.default.removeItem(atPath: altered) }
    let report = try ParityReport(bundle: altered)
    #expect(!report.holds)
    #expect(report.rows.filter { !$0.holds }.map(\.tensor) == [tensor])
  }

  @Test func aNaNFails() throws {
    let altered = try alteredCopy("resnet-bf16-train") { bytes, firstByte in
      let at = try firstByte("forward.logits.raw")
      bytes.replaceSubrange(at..<at + 4, with: [0, 0, 0xC0, 0x7F])
    }
    defer { try? FileManager.default.removeItem(atPath: altered) }
    #expect(try !ParityReport(bundle: altered).holds)
  }

  @Test func otherAxesAreAnError() throws {
    let altered = try alteredCopy("resnet-bf16-train") { bytes, firstByte in
      let header = 8..<(try firstByte("forward.feature"))
      let text = String(decoding: bytes[header], as: UTF8.self)
      let entry = try #require(text.firstMatch(of: /"grad\.features\.0\.weight":\{[^}]*"shape":\[([0-9, ]*)\]/))
      let sides = entry.output.1.split(separator: ",").map { $0.filter { $0 != " " } }
      // The header keeps its length.
      let turned = sides.reversed().joined(separator: ",").padding(
        toLength: entry.output.1.count, withPad: " ", startingAt: 0)
      let start = header.lowerBound + text.utf8.distance(from: text.startIndex, to: entry.output.1.startIndex)
      bytes.replaceSubrange(start..<start + turned.utf8.count, with: Array(turned.utf8))
    }
    defer { try? FileManager.default.removeItem(atPath: altered) }
    #expect { try ParityReport(bundle: altered) } throws: { "\($0)".contains("shape") }
  }

  @Test func aTruncatedBundleIsAnError() throws {
    let altered = try alteredCopy("resnet-bf16-train") { bytes, _ in bytes.removeLast(1000) }
    defer { try? FileManager.default.removeItem(atPath: altered) }
    #expect(throws: WeightFileError.self) { try ParityReport(bundle: altered) }
  }

  @Test func aForeignFileIsAnError() throws {
    let path = NSTemporaryDirectory() + "foreign-\(UUID()).safetensors"
    defer { try? FileManager.default.removeItem(atPath: path) }
    try writeSafetensors([("weight", Tensor([1], shape: [1]))], metadata: [:], to: path)
    #expect(throws: ParityError.self) { try ParityReport(bundle: path) }
    #expect(throws: WeightFileError.self) { try ParityReport(bundle: path + ".absent") }
  }

  @Test(arguments: [
    "width": "7", "layers": "1,1,1", "batch": "0", "size": "99999999", "block": "cubic", "classes": "-3",
  ])
  func nonsenseMetadataIsAnError(_ key: String, _ value: String) throws {
    let file = try SafetensorsFile(reading: path("resnet-bf16-train"))
    var metadata = file.metadata
    metadata[key] = value
    let floats = file.entries.filter { $0.elementType.isFloatingPoint && $0.name != "input.target" }
    let altered = NSTemporaryDirectory() + "nonsense-\(UUID()).safetensors"
    defer { try? FileManager.default.removeItem(atPath: altered) }
    try writeSafetensors(try floats.map { ($0.name, try $0.tensor()) }, metadata: metadata, to: altered)
    #expect(throws: (any Error).self) { try ParityReport(bundle: altered) }
  }

  private func path(_ name: String) throws -> String {
    try #require(Bundle.module.url(forResource: "Golden/\(name)", withExtension: "safetensors")).path
  }

  /// Returns a temporary copy of a bundle after `change`, which gets the bytes and a look-up of tensor offsets.
  private func alteredCopy(
    _ name: String, _ change: (inout [UInt8], (String) throws -> Int) throws -> Void
  ) throws -> String {
    let original = try path(name)
    var bytes = Array(try Data(contentsOf: URL(fileURLWithPath: original)))
    let headerCount = bytes[0..<8].reversed().reduce(0) { $0 << 8 | Int($1) }
    let json = try #require(
      JSONSerialization.jsonObject(with: Data(bytes[8..<8 + headerCount])) as? [String: Any])
    try change(&bytes) { tensor in
      let entry = try #require(json[tensor] as? [String: Any])
      let offsets = try #require(entry["data_offsets"] as? [Int])
      return 8 + headerCount + offsets[0]
    }
    let altered = NSTemporaryDirectory() + "altered-\(UUID()).safetensors"
    try Data(bytes).write(to: URL(fileURLWithPath: altered))
    return altered
  }
}
