import Foundation
import Testing

@testable import DatasetStore

/// A tar archive, built entry by entry.
private struct Tar {
  var bytes: [UInt8] = []

  /// Adds an entry of a type: "0" file, "1" hard link, "2" symbolic link, "3" device, "5" folder.
  mutating func add(_ name: String, type: Character = "0", link: String = "", data: [UInt8] = [], size: Int? = nil) {
    var header = [UInt8](repeating: 0, count: 512)
    func put(_ text: String, at place: Int) {
      for (index, byte) in text.utf8.enumerated() { header[place + index] = byte }
    }
    put(name, at: 0)
    put("0000644\0", at: 100)
    put("0000000\0", at: 108)
    put("0000000\0", at: 116)
    let digits = String(size ?? data.count, radix: 8)
    put(String(repeating: "0", count: 11 - digits.count) + digits, at: 124)
    put("00000000000", at: 136)
    put("        ", at: 148)
    put(String(type), at: 156)
    put(link, at: 157)
    put("ustar\u{0}00", at: 257)
    let sum = String(header.reduce(0) { $0 + Int($1) }, radix: 8)
    put(String(repeating: "0", count: 6 - sum.count) + sum + "\0 ", at: 148)
    bytes += header + data + [UInt8](repeating: 0, count: (512 - data.count % 512) % 512)
  }

  var ended: [UInt8] { bytes + [UInt8](repeating: 0, count: 1024) }
}

/// Returns the error from unpacking an archive, and the paths that exist afterwards.
private func unpack(
  _ bytes: [UInt8], limits: ExtractionLimits = .init(entries: 100, bytes: 1 << 20)
) throws -> (error: StoreError?, paths: [String], outside: [String]) {
  try withFolder { folder in
    let (archive, inside) = (folder + "/a.tar", folder + "/inside")
    try Data(bytes).write(to: URL(fileURLWithPath: archive))
    try FileManager.default.createDirectory(atPath: inside, withIntermediateDirectories: true)
    var error: StoreError?
    do throws(StoreError) {
      try Extraction(archive: archive, folder: inside, limits: limits, context: StoreContext()).run()
    } catch let failure {
      error = failure
    }
    return (
      error, try Tree.paths(in: inside), try FileManager.default.contentsOfDirectory(atPath: folder).sorted()
    )
  }
}

@Suite struct ArchiveTests {
  @Test func filesAndFolders() throws {
    var tar = Tar()
    tar.add("./a/", type: "5")
    tar.add("./a/b.txt", data: Array("hello".utf8))
    tar.add("c/d/e.txt", data: noise(2000))
    let result = try unpack(tar.ended)
    #expect(result.error == nil && result.paths == ["a/b.txt", "c/d/e.txt"])
  }

  @Test(arguments: [
    "/etc/passwd", "../a", "../\u{301}a", "a/..\u{301}/../../b", "a/../../b", "a/..", "..", "/", "a\\b", "a\nb",
    "a\u{1B}[2Jb",
    String(repeating: "d/", count: 40) + "f",
  ]) func pathsThatLeadElsewhere(_ path: String) throws {
    var tar = Tar()
    tar.add("good.txt", data: [1])
    tar.add(path, data: [1])
    let result = try unpack(tar.ended)
    guard case .hostileArchive(_, let entry, _) = result.error else {
      Issue.record("\(String(describing: result.error))")
      return
    }
    #expect(entry == path && result.outside == ["a.tar", "inside"])
    #expect(result.error?.description.unicodeScalars.allSatisfy { $0.value >= 0x20 } == true)
  }

  @Test func zipFiles() throws {
    var zip = Zip()
    zip.add("a/b.txt", Array("hello".utf8))
    zip.add("a/é.txt", noise(2000))
    let result = try unpack(zip.ended)
    #expect(result.error == nil, "\(String(describing: result.error))")
    #expect(result.paths == ["a/b.txt", "a/é.txt"])
    for path in ["/etc/passwd", "../a", "a/../../b"] {
      var hostile = Zip()
      hostile.add(path, [1])
      let result = try unpack(hostile.ended)
      guard case .hostileArchive = result.error else {
        Issue.record("\(path): \(String(describing: result.error))")
        return
      }
      #expect(result.outside == ["a.tar", "inside"])
    }
    let whole = zip.ended
    for length in stride(from: 0, to: whole.count - 30, by: 97) {
      #expect(try unpack(Array(whole.prefix(length))).error?.fault == .data, "cut after \(length)")
    }
  }

  @Test func whatDesktopsLeaveIsNotUnpacked() throws {
    var (tar, zip) = (Tar(), Zip())
    for name in [
      "a/1.txt", "a/.DS_Store", "a/._1.txt", "__MACOSX/a/._1.txt", "a/Thumbs.db", "desktop.ini", "Thumbs.db",
    ] {
      tar.add(name, data: [1])
      zip.add(name, [1])
    }
    for archive in [tar.ended, zip.ended] {
      let result = try unpack(archive)
      #expect(result.error == nil && result.paths == ["a/1.txt"])
    }
  }

  @Test func aWebPageIsSaidToBeOne() throws {
    for page in ["<html>not found</html>", "<!DOCTYPE html><html lang=en>", "\n\n<!doctype HTML>"] {
      let error = try unpack(Array(page.utf8)).error
      #expect(error?.description.contains("a web page") == true && error?.fault == .data)
    }
  }

  @Test(arguments: ["1", "2", "3", "4", "6"] as [Character]) func linksAndDevices(_ type: Character) throws {
    for target in ["/etc/passwd", "../..", "good.txt"] {
      var tar = Tar()
      tar.add("good.txt", data: [1])
      tar.add("link", type: type, link: target)
      tar.add("link/through.txt", data: [1])
      let result = try unpack(tar.ended)
      guard case .hostileArchive(_, "link", _) = result.error else {
        Issue.record("\(String(describing: result.error))")
        return
      }
      #expect(result.paths == ["good.txt"])
    }
  }

  @Test func theSameFileTwice() throws {
    var tar = Tar()
    tar.add("a", data: [1])
    tar.add("./a", data: [2])
    #expect(try unpack(tar.ended).error?.description.contains("appears twice") == true)
  }

  @Test func tooManyEntries() throws {
    var tar = Tar()
    for number in 0..<11 { tar.add("\(number)", data: [1]) }
    let limits = ExtractionLimits(entries: 10, bytes: 1 << 20)
    #expect(try unpack(tar.ended, limits: limits).error?.description.contains("10 allowed") == true)
  }

  @Test func bombs() throws {
    var tar = Tar()
    tar.add("zeros", data: [UInt8](repeating: 0, count: 2 << 20))
    #expect(try unpack(tar.ended).error?.description.contains("1.05 MB allowed") == true)
    var lie = Tar()
    lie.add("small", data: [1], size: 7 << 30)
    #expect(try unpack(lie.ended).error?.description.contains("1.05 MB allowed") == true)
    var many = Tar()
    for number in 0..<40 { many.add("\(number)", data: noise(30_000)) }
    #expect(try unpack(many.ended).error?.description.contains("1.05 MB allowed") == true)
  }

  @Test func damage() throws {
    let archive = try fixture("CUB_200_2011.tgz")
    for length in stride(from: 0, to: archive.count - 20, by: 401) {
      #expect(try unpack(Array(archive.prefix(length))).error != nil, "cut after \(length)")
    }
    #expect(try unpack(noise(5000)).error?.fault == .data)
    #expect(try unpack(Array("<html>not found</html>".utf8)).error?.fault == .data)
  }

  /// Whatever is changed, nothing is written outside the folder and the program does not crash.
  @Test func mutations() throws {
    var tar = Tar()
    tar.add("a/", type: "5")
    for number in 0..<4 { tar.add("a/\(number).txt", data: noise(700, seed: UInt64(number))) }
    let packed = try fixture("CUB_200_2011.tgz")
    for seed in 0..<300 {
      var bytes = seed % 2 == 0 ? tar.ended : packed
      let choices = noise(40, seed: UInt64(seed))
      for index in 0..<(1 + Int(choices[39]) % 5) {
        let place = (Int(choices[index * 3]) << 8 + Int(choices[index * 3 + 1])) % bytes.count
        bytes[place] = choices[index * 3 + 2]
      }
      #expect(try unpack(bytes).outside == ["a.tar", "inside"])
    }
  }
}
