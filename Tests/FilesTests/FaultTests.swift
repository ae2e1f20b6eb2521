import Files
import Foundation
import Testing

/// Every call of a write fails in turn, in every way, once and permanently.
@Suite struct FaultTests {
  private static let errors = ["EIO", "ENOSPC", "EINTR", "short"]
  private static let faults = [Fault.Call.open, .write, .fsync, .rename, .truncate].flatMap { call in
    (1...3).flatMap { number in
      errors.flatMap { error in ["", "+"].map { "\(call.rawValue):\(number)\($0):\(error)" } }
    }
  }

  /// Runs `body` under a fault and returns the error that it throws.
  private func failure(_ text: String, _ body: () throws -> Void) throws -> Failure? {
    let fault = try #require(Fault(text))
    return Fault.$current.withValue(fault) {
      do { try body() } catch { return error as? Failure }
      return nil
    }
  }

  private func mayFail(_ text: String) -> Bool {
    !text.hasSuffix("short") && (!text.hasSuffix("EINTR") || text.contains("+"))
  }

  @Test(arguments: faults) func aFileIsOldOrNewAndNothingElseIsThere(fault: String) throws {
    try withFolder { folder in
      let path = folder + "/a"
      let (old, new) = ([UInt8](repeating: 1, count: 1000), [UInt8](repeating: 2, count: 2000))
      try writeWhole(old, to: path, failingAs: Failure.self)
      let failure = try failure(fault) {
        var file = try WholeFile<Failure>(path: path, gathering: 1000)
        try file.write(Array(new[..<900]))
        try file.write(Array(new[900...]))
        try file.commit()
      }
      let content = try [UInt8](Data(contentsOf: URL(fileURLWithPath: path)))
      // The last two calls make the name durable: if they fail, the file is there, but it is still an error.
      let isLate = fault.hasPrefix("open:2") || fault.hasPrefix("fsync:2")
      #expect(failure == nil ? content == new : content == old || isLate)
      #expect(folderEntries(folder) == ["a"])
      if let failure {
        #expect(mayFail(fault))
        guard case .cannotWrite(path, let reason) = failure else { throw failure }
        #expect(!reason.isEmpty)
      }
      try writeWhole(new, to: path, failingAs: Failure.self)
    }
  }

  @Test(arguments: faults) func whatIsAppendedIsThereWholeOrNotAtAll(fault: String) throws {
    try withFolder { folder in
      let path = folder + "/a"
      try writeWhole([UInt8]("header\n".utf8), to: path, failingAs: Failure.self)
      let file = try GrowingFile<Failure>(path: path)
      var expected = "header\n"
      for piece in ["one\n", "two\n", "three\n"] {
        if try failure(fault, { try file.append(Array(piece.utf8)) }) == nil { expected += piece }
      }
      // Data that could not be cut off at once do not count later either.
      try file.append(Array("end\n".utf8))
      #expect(try String(contentsOfFile: path, encoding: .utf8) == expected + "end\n")
    }
  }

  @Test func whatWasRemovedIsNotAppendedTo() throws {
    try withFolder { folder in
      let path = folder + "/a"
      try writeWhole([UInt8](), to: path, failingAs: Failure.self)
      let file = try GrowingFile<Failure>(path: path)
      try file.append([1])
      removeFile(path)
      #expect(throws: Failure.cannotWrite(path: path, reason: "it was removed meanwhile")) { try file.append([2]) }
    }
  }

  @Test func whatWasShortenedIsNotAppendedTo() throws {
    try withFolder { folder in
      let path = folder + "/a"
      try writeWhole([1, 2, 3] as [UInt8], to: path, failingAs: Failure.self)
      let file = try GrowingFile<Failure>(path: path)
      #expect(truncate(path, 1) == 0)
      #expect(throws: Failure.cannotWrite(path: path, reason: "it was shortened meanwhile")) { try file.append([4]) }
      #expect(try readWhole(path) == Data([1]))
    }
  }

  @Test(arguments: [("ENOSPC", "no space left on device"), ("EDQUOT", "disk quota exceeded")])
  func aFullDiskIsNamed(error: String, reason: String) throws {
    try withFolder { folder in
      let failure = try failure("write:1:\(error)") {
        try writeWhole([UInt8](1...9), to: folder + "/a", failingAs: Failure.self)
      }
      #expect(failure == .cannotWrite(path: folder + "/a", reason: reason))
    }
  }

  @Test(arguments: [
    "", "write", "write:1", "write:0:EIO", "write:x:EIO", "write:1:EWHAT", "wring:1:EIO", "write:1:EIO:x",
  ])
  func otherTextsNameNoFault(text: String) { #expect(Fault(text) == nil) }
}
