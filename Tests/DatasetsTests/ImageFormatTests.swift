import Foundation
import Testing

@testable import Datasets

/// The image files in Fixtures/formats, next to the pixels that Pillow decodes from them.
private let names = (try? FileManager.default.contentsOfDirectory(atPath: fixture("formats").path))?.sorted() ?? []
private let images = names.filter { [".jpg", ".png", ".webp"].contains(where: $0.hasSuffix) }

private func bytes(_ name: String) throws -> [UInt8] { try Array(Data(contentsOf: fixture("formats/" + name))) }

private func decode(_ bytes: [UInt8], turning: Bool = false) throws -> RGBImage {
  try bytes.withUnsafeBufferPointer { try ImageDecoder().decode($0, turning: turning) }
}

private func size(_ bytes: [UInt8], turning: Bool = false) throws -> [Int] {
  let size = try bytes.withUnsafeBufferPointer { try ImageDecoder().verify($0, turning: turning) }
  return [size.width, size.height]
}

@Suite struct ImageFormatTests {
  @Test func allKindsAreThere() {
    #expect(images.count { $0.hasSuffix(".jpg") } == 14)
    #expect(images.count { $0.hasSuffix(".png") } == 24 && images.count { $0.hasSuffix(".webp") } == 6)
  }

  @Test(arguments: images) func equalsPillow(_ name: String) throws {
    let file = try bytes(name)
    let image = try decode(file)
    #expect(try image.pixels == bytes(name + ".rgb"))
    #expect(try size(file) == [image.width, image.height])
  }

  @Test(arguments: images.filter { $0.hasPrefix("orientation") }) func turnsAsPillow(_ name: String) throws {
    let file = try bytes(name)
    let image = try decode(file, turning: true)
    #expect(try image.pixels == bytes(name + ".turned"))
    #expect(try size(file, turning: true) == [image.width, image.height])
    #expect(try decode(file).pixels != image.pixels)
  }

  /// Wherever a file is truncated, verifying and loading agree, and none of its pixels are used.
  @Test(arguments: images) func whatIsCutIsRefused(_ name: String) throws {
    let file = try bytes(name)
    for length in 0..<file.count - 1 {
      #expect(throws: ReadFailure.self, "cut to \(length)") { try decode(Array(file[..<length])) }
      #expect(throws: ReadFailure.self, "cut to \(length)") { try size(Array(file[..<length])) }
    }
  }

  @Test(arguments: images) func damageIsSeenAlikeByBoth(_ name: String) throws {
    let file = try bytes(name)
    for position in file.indices {
      var damaged = file
      damaged[position] ^= 0x55
      let (decoded, verified) = (try? decode(damaged), try? size(damaged))
      #expect((decoded == nil) == (verified == nil), "byte \(position)")
    }
  }

  @Test(arguments: [
    ("GIF89a", "a GIF"), ("BM6\0", "a BMP"), ("II*\0", "a TIFF"), ("\0\0\0\u{18}ftypheic", "HEIC"),
    ("<!DOCTYPE html>", "an HTML page"), ("Hello, this is text", "the text \"Hello, this is t\""),
  ]) func otherFilesAreNamed(_ beginning: String, _ name: String) {
    let error = #expect(throws: ReadFailure.self) { try decode(Array(beginning.utf8)) }
    #expect(error?.reason.contains("expected a JPEG, PNG or WebP file, found") == true)
    #expect(error?.reason.contains(name) == true)
  }

  @Test func hugeImagesAreRefusedBeforeMemoryIsTaken() throws {
    var png = try bytes("rgb.png")
    png.replaceSubrange(16..<24, with: [0, 1, 0, 0, 0, 1, 0, 0])
    // The header's checksum for 65536 x 65536.
    png.replaceSubrange(29..<33, with: crc(Array(png[12..<29])))
    #expect(
      throws: ReadFailure("it has 65536 x 65536 pixels, more than the 100 million that are allowed; scale it down")
    ) {
      try size(png)
    }
  }

  @Test func aPNGThatIsWrittenIsReadAgain() throws {
    let image = try decode(bytes("rgb.png"))
    let file = try image.png()
    #expect(Array(file.prefix(4)) == [0x89, 0x50, 0x4E, 0x47])
    #expect(try decode(file) == image)
  }

  @Test func damagedEXIFTurnsNothing() throws {
    let file = try bytes("orientation-6.jpg")
    let start = try #require(file.indices.first { file[$0...].starts(with: "Exif".utf8) })
    let upright = try decode(file)
    for value: UInt8 in [0, 1, 0x7F, 0xFF] {
      for position in start..<start + 32 {
        var damaged = file
        damaged[position] = value
        let image = try decode(damaged, turning: true)
        #expect(try [image.width, image.height] == size(damaged, turning: true))
        #expect(image.pixels.count == upright.pixels.count)
      }
    }
  }

  /// Returns PNG's checksum.
  private func crc(_ bytes: [UInt8]) -> [UInt8] {
    var sum: UInt32 = 0xFFFF_FFFF
    for byte in bytes {
      sum ^= UInt32(byte)
      for _ in 0..<8 { sum = sum >> 1 ^ (sum & 1 == 1 ? 0xEDB8_8320 : 0) }
    }
    return withUnsafeBytes(of: (~sum).bigEndian) { Array($0) }
  }
}
