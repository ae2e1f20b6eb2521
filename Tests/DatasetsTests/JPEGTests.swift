import Foundation
import Tensors
import TestSupport
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
    try bytes.withUnsafeBufferPointer { try ImageDecoder().decode($0) }
  }

  private func bytes(_ name: String) throws -> [UInt8] { try Array(Data(contentsOf: fixture(name))) }

  @Test func whatIsNoJPEGIsSaidToBeNone() {
    #expect(reason([])?.contains("empty") == true)
    #expect(reason([0x88, 0x50, 0x4E, 0x47, 0x0D])?.contains("the bytes 88 50 4e 47") == true)
    #expect(reason([0xFF, 0xD8]) != nil)
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

  /// Returns the positions of a marker's two bytes.
  private func places(of marker: UInt8, in bytes: [UInt8]) -> [Int] {
    bytes.indices.dropLast().filter { bytes[$0] == 0xFF && bytes[$0 + 1] == marker }
  }

  /// Oddities written by cameras and editors, of which libjpeg warns although they change no pixels.
  @Test(arguments: ["yuv444.jpg", "yuv420.jpg", "grey.jpg", "restart.jpg"]) func odditiesOfHeadersAreHarmless(
    _ name: String
  ) throws {
    let whole = try bytes(name)
    let expected = try decode(whole)
    let scan = try #require(places(of: 0xDA, in: whole).first)
    // Samsung's spectral end, a later JFIF revision, a transform that Adobe does not define.
    var samsung = whole
    samsung[scan + 2 + Int(whole[scan + 3]) - 2] = 0
    var revision = whole
    revision[11] = 2
    let adobe: [UInt8] = [0xFF, 0xEE, 0, 14] + "Adobe".utf8 + [0, 100, 0, 0, 0, 0, 7]
    #expect(try decode(samsung) == expected)
    #expect(try decode(revision) == expected)
    #expect(try decode(Array(whole[..<2]) + adobe + whole[2...]) == expected)
    for segment in [2] + places(of: 0xDB, in: Array(whole[..<scan])) + [scan] {
      #expect(try decode(Array(whole[..<segment]) + [0, 1, 2] + whole[segment...]) == expected, "at \(segment)")
    }
    // Bytes after the image are ignored.
    #expect(try decode(whole + [1, 2, 3]) == expected)
  }

  @Test func strayBytesBetweenLaterScansAreHarmless() throws {
    let whole = try bytes("progressive.jpg")
    let scans = places(of: 0xDA, in: whole)
    let stray = [UInt8](repeating: 0x2A, count: 20)
    var tried = 0
    for (previous, scan) in zip(scans, scans.dropFirst()) {
      guard let tables = places(of: 0xC4, in: whole).first(where: { previous < $0 && $0 < scan }) else { continue }
      // They are harmless between a scan's tables and its header; before the tables they belong to the previous scan.
      #expect(try decode(Array(whole[..<scan]) + stray + whole[scan...]) == decode(whole))
      #expect(reason(Array(whole[..<tables]) + stray + whole[tables...])?.contains("extraneous") == true)
      tried += 1
    }
    #expect(tried > 1)
  }

  @Test func oneWarningHidesNoOther() throws {
    for name in ["yuv444.jpg", "restart.jpg", "progressive.jpg"] {
      let whole = try bytes(name)
      let scan = try #require(places(of: 0xDA, in: whole).first)
      let odd = Array(whole[..<scan]) + [0, 1, 2] + whole[scan...]
      #expect(reason(odd) == nil)
      #expect(reason(Array(odd[..<((scan + odd.count) / 2)]))?.contains("cut short") == true, "\(name)")
    }
  }

  /// A scan with more bytes than its blocks need is damaged, wherever libjpeg notices.
  @Test func bytesLeftOverInAScanAreDamage() throws {
    let whole = try bytes("restart.jpg")
    let ends = places(of: 0xD0, in: whole) + places(of: 0xD1, in: whole) + places(of: 0xD9, in: whole)
    #expect(ends.count > 2)
    for end in ends {
      let longer = Array(whole[..<end]) + [UInt8](repeating: 0x2A, count: 20) + whole[end...]
      #expect(reason(longer)?.contains("extraneous bytes before marker") == true)
    }
  }

  /// A file without tables is not read with those of the previous file.
  @Test func nothingIsCarriedOverFromFileToFile() throws {
    let whole = try bytes("yuv444.jpg")
    let tables = try #require(places(of: 0xDB, in: whole).first)
    let length = Int(whole[tables + 2]) << 8 | Int(whole[tables + 3])
    let without = Array(whole[..<tables]) + whole[(tables + 2 + length)...]
    let decoder = ImageDecoder()
    _ = try whole.withUnsafeBufferPointer { try decoder.decode($0) }
    #expect(throws: ReadFailure.self) { try without.withUnsafeBufferPointer { try decoder.decode($0) } }
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
      let decoder = ImageDecoder()
      for path in [absent, folder.path] {
        let error = #expect(throws: DatasetError.self) { try decoder.decode(path: path) }
        #expect(error?.description.contains(path) == true)
        #expect(error?.fault == .data)
        #expect(throws: DatasetError.self) { try decoder.verify(path) }
      }
      let image = try decoder.decode(path: fixture("one-pixel.jpg").path)
      #expect(image.width == 1)
    }
  }
}
