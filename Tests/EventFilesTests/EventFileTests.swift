import Foundation
import TestSupport
import Testing

@testable import EventFiles

@Suite struct EventFileTests {
  private let home: TemporaryFolder
  private var folder: URL { home.url.appendingPathComponent("board") }
  private var path: String { folder.appendingPathComponent("run/events.out.tfevents.s3n-bench").path }

  init() throws { home = try TemporaryFolder() }

  private func log(time: Double = 1_700_000_000, steps: Int) -> EventLog {
    var log = EventLog(wallTime: time)
    for step in 1...max(steps, 1) where step <= steps {
      log.add(step: step, [("top1/joint", 10 * Double(step)), ("train_loss", 1 / Double(step))])
    }
    return log
  }

  private func written() throws -> [UInt8] { try Array(Data(contentsOf: URL(fileURLWithPath: path))) }

  /// RFC 3720, appendix B.4, and the check value of the catalogue of CRC algorithms.
  @Test func theChecksumIsTheStandardsOwn() {
    #expect(CRC32C.checksum(of: "123456789".utf8) == 0xE306_9283)
    #expect(CRC32C.checksum(of: [UInt8](repeating: 0, count: 32)) == 0x8A91_36AA)
    #expect(CRC32C.checksum(of: [UInt8](repeating: 0xFF, count: 32)) == 0x62A8_AB43)
    #expect(CRC32C.checksum(of: (0..<32).map { UInt8($0) }) == 0x46DD_794E)
    #expect(CRC32C.checksum(of: []) == 0)
  }

  /// The framing of an empty record, as TensorFlow's own writer produces it.
  @Test func aRecordHasItsLengthAndBothChecksums() {
    let record = tfRecord([])
    #expect(record == [0, 0, 0, 0, 0, 0, 0, 0, 0x29, 0x03, 0x98, 0x07, 0xD8, 0xEA, 0x82, 0xA2])
    #expect(tfRecord(Array("abc".utf8)).count == 8 + 4 + 3 + 4)
  }

  @Test func eventsSayStepTagAndValue() throws {
    let events = try events(in: log(steps: 2).bytes)
    #expect(events.count == 3 && events[0].fileVersion == "brain.Event:2")
    #expect(events.allSatisfy { $0.wallTime == 1_700_000_000 })
    #expect(events[2].step == 2)
    #expect(events[2].summary.value.map(\.tag) == ["top1/joint", "train_loss"])
    #expect(events[2].summary.value.map(\.simpleValue) == [20, 0.5])
  }

  @Test func aPictureSaysItsSizeAndOthersAreLeftOut() throws {
    var log = EventLog(wallTime: 0)
    log.add(step: 0, tag: "none", png: Array("no picture at all, and long enough to be one".utf8))
    let png: [UInt8] =
      [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 0, 0, 0, 13] + Array("IHDR".utf8)
      + [0, 0, 1, 0x2C, 0, 0, 0, 0xC8, 8, 6, 0, 0, 0]
    log.add(step: 0, tag: "chart", png: png)
    let values = try events(in: log.bytes).flatMap(\.summary.value)
    #expect(values.map(\.tag) == ["chart"])
    let image = try #require(values.first?.image)
    #expect(image.width == 300 && image.height == 200 && image.colorspace == 4 && image.encodedImageString.count == 29)
  }

  @Test func aFileGrowsInPlaceSoThatAReaderSeesIt() throws {
    try log(steps: 1).write(to: path)
    let reader = try #require(FileHandle(forReadingAtPath: path))
    let first = try reader.readToEnd()
    try log(steps: 3).write(to: path)
    let rest = try reader.readToEnd()
    #expect(Array((first ?? Data()) + (rest ?? Data())) == log(steps: 3).bytes)
    #expect(try written() == log(steps: 3).bytes)
  }

  @Test func aFileThatWentAnotherWayIsWrittenAgain() throws {
    for steps in [3, 1, 2, 2] {
      try log(steps: steps).write(to: path)
      #expect(try written() == log(steps: steps).bytes)
    }
    // A crash while appending leaves part of a record, or zeros.
    let whole = log(steps: 2).bytes
    for damaged in [Array(whole.dropLast(5)), whole.dropLast(5) + [0, 0, 0]] {
      try Data(damaged).write(to: URL(fileURLWithPath: path))
      try log(steps: 2).write(to: path)
      #expect(try written() == whole)
    }
  }

  @Test func theFileOfOtherRunsIsKept() throws {
    let others = log(time: 1_600_000_000, steps: 2)
    try others.write(to: path)
    #expect(throws: EventFileError.otherRuns(path: path)) { try log(steps: 4).write(to: path) }
    for mine in [log(steps: 4), nil] {
      #expect(throws: EventFileError.otherRuns(path: path)) { try EventLog.requireWritable(path, of: mine) }
    }
    try EventLog.requireWritable(path, of: others)
    #expect(try written() == others.bytes)
  }

  @Test func whatCannotBeWrittenIsAnErrorThatNamesTheFile() throws {
    try Data().write(to: folder)
    #expect {
      try log(steps: 1).write(to: path)
    } throws: { ($0 as? EventFileError).map { "\($0)".contains(folder.path) } ?? false }
  }

  /// Reads the events of a file and verifies their checksums.
  private func events(in bytes: [UInt8]) throws -> [Tensorboard_Event] {
    var (events, rest) = ([Tensorboard_Event](), bytes[...])
    while !rest.isEmpty {
      let length = rest.prefix(8).reversed().reduce(0) { $0 << 8 | Int($1) }
      let contents = Array(rest.dropFirst(12).prefix(length))
      try #require(Array(rest.prefix(16 + length)) == tfRecord(contents))
      events.append(try Tensorboard_Event(serializedBytes: contents))
      rest = rest.dropFirst(16 + length)
    }
    return events
  }
}
