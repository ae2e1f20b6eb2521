import Foundation
import Tensors
import Testing

@testable import Datasets

@Suite struct JPEGTests {
  private func reason(_ bytes: [UInt8]) -> String? {
    do {
      _ = try decode(bytes)
      return nil
    } catch {
      return (error as? ReadFailure)?.reason ?? "\(error)"
    }
  }

  private func decode(_ bytes: [UInt8]) throws -> RGBImage {
    try bytes.withUnsafeBufferPointer { try JPEGDecoder().decode($0) }
  }

  private func bytes(_ name: String) throws -> [UInt8] { try Array(Data(contentsOf: fixture(name))) }

  @Test func whatIsNoJPEGIsSaidToBeNone() throws {
    #expect(reason([])?.contains("empty") == true)
    #expect(reason(Array("Hello, this is text".utf8))?.contains("the text \"Hello, this is t\"") == true)
    #expect(reason([0x89, 0x50, 0x4E, 0x47, 0x0D])?.contains("the bytes 89 50 4e 47") == true)
    #expect(reason([0xFF, 0xD8]) != nil)
    #expect(try reason(bytes("cmyk.jpg"))?.contains("CMYK") == true)
  }

  @Test(arguments: ["yuv444.jpg", "grey.jpg", "restart.jpg", "progressive.jpg"])
  func truncatedFilesAreErrors(_ name: String) throws {
    let whole = try bytes(name)
    #expect(reason(whole) == nil)
    for length in stride(from: 2, to: whole.count - 2, by: 37) {
      #expect(reason(Array(whole[..<length])) != nil, "cut to \(length) of \(whole.count) bytes")
    }
    let almost = Array(whole[..<(whole.count * 3 / 4)])
    #expect(reason(almost)?.contains("cut short") == true)
  }

  @Test func strayBytesBetweenSegmentsAreHarmless() throws {
    var whole = try bytes("yuv444.jpg")
    let expected = try decode(whole)
    whole.insert(contentsOf: [0, 0, 0], at: 2)
    #expect(try decode(whole) == expected)
  }

  /// Damaged files may decode to something or throw; they must not crash.
  @Test func damagedFilesDoNotCrash() throws {
    var generator = SeededGenerator(seed: 3, purpose: "damage")
    for name in ["yuv420.jpg", "progressive.jpg", "restart.jpg", "grey.jpg"] {
      let whole = try bytes(name)
      for _ in 0..<200 {
        var damaged = whole
        for _ in 0...generator.below(4) {
          damaged[2 + generator.below(whole.count - 2)] = UInt8(truncatingIfNeeded: generator.next())
        }
        _ = reason(damaged)
      }
    }
  }

  /// Sets the size in a file's frame header.
  private func resized(_ bytes: [UInt8], width: Int, height: Int) throws -> [UInt8] {
    var bytes = bytes
    let frame = try #require(
      bytes.indices.dropLast().first { bytes[$0] == 0xFF && [0xC0, 0xC2].contains(bytes[$0 + 1]) })
    for (offset, value) in [(5, height), (7, width)] {
      bytes[frame + offset] = UInt8(value >> 8)
      bytes[frame + offset + 1] = UInt8(value & 0xFF)
    }
    return bytes
  }

  @Test func hugeImagesAreRefusedBeforeMemoryIsTaken() throws {
    let huge = try resized(bytes("yuv444.jpg"), width: 20_000, height: 20_000)
    #expect(reason(huge)?.contains("20000 x 20000 pixels, more than the 100 million") == true)
    #expect(try reason(resized(bytes("progressive.jpg"), width: 65_500, height: 65_500))?.contains("million") == true)
  }

  @Test func aTwentyThousandPixelWideImageIsDecoded() throws {
    let image = RGBImage(width: 20_000, height: 3, colour: [200, 30, 60])
    let decoded = try decode(image.jpeg())
    #expect(decoded.width == 20_000 && decoded.height == 3)
    let small = decoded.resized(width: 9, height: 9)
    #expect(small[4, 4].x > 190 && small[4, 4].y < 45)
  }

  @Test(arguments: [(1, 1), (1, 40), (40, 1), (17, 9)]) func smallImagesSurviveTheRoundTrip(_ width: Int, _ height: Int)
    throws
  {
    let image = RGBImage(width: width, height: height, colour: [90, 160, 40])
    let decoded = try decode(image.jpeg(quality: 100, fullColour: true))
    #expect(decoded.width == width && decoded.height == height)
    #expect(zip(decoded.pixels, image.pixels).allSatisfy { abs(Int($0) - Int($1)) <= 2 })
  }

  @Test func filesAreNamedInErrors() throws {
    try withTemporaryFolder { folder in
      let absent = folder.appendingPathComponent("absent.jpg").path
      let decoder = JPEGDecoder()
      for path in [absent, folder.path] {
        let error = #expect(throws: DatasetError.self) { try decoder.decode(path: path) }
        #expect(error?.description.contains(path) == true)
        #expect(error?.fault == .data)
        #expect(throws: DatasetError.self) { try decoder.verify(path: path) }
      }
      let image = try decoder.decode(path: fixture("one-pixel.jpg").path)
      #expect(image.width == 1)
    }
  }
}
