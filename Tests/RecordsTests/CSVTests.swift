import Foundation
import TestSupport
import Testing

@testable import Records

@Suite struct CSVReaderTests {
  private func read(_ bytes: [UInt8]) throws -> [[String]] {
    try bytes.withUnsafeBufferPointer { buffer in
      var reader = CSVReader(buffer)
      var records: [[String]] = []
      while let record = try reader.next() { records.append(record.fields) }
      return records
    }
  }
  private func read(_ text: String) throws -> [[String]] { try read(Array(text.utf8)) }

  @Test(arguments: [
    ("a,b\n1,2\n", [["a", "b"], ["1", "2"]]),
    ("a,b\r\n1,2\r\n", [["a", "b"], ["1", "2"]]),
    (",\n,\n", [["", ""], ["", ""]]),
    ("\"a,b\",\"say \"\"hi\"\"\"\n", [["a,b", "say \"hi\""]]),
    ("\"two\nlines\",\"and\r\nthree\"\n", [["two\nlines", "and\r\nthree"]]),
    ("\"\",x\n", [["", "x"]]),
    ("grün,±\n", [["grün", "±"]]),
    (" a , b \n", [[" a ", " b "]]),
    ("\u{FEFF}a\n", [["a"]]),
    ("\n", [[""]]),
    ("a\nb", [["a"], ["b"]]),
    ("a\nb,", [["a"], ["b", ""]]),
    ("a\nb\r", [["a"], ["b"]]),
    ("a\n\"b\"", [["a"], ["b"]]),
    ("", []),
  ])
  func readsWhatTheRulesAllow(text: String, records: [[String]]) throws {
    #expect(try read(text) == records)
  }

  @Test(arguments: [
    ("a,b\nx\"y,1\n", 2, "a quote is inside a field that does not begin with one"),
    ("a,b\n\"x\"y,1\n", 2, "text follows the closing quote of a field"),
    ("a\rb\n", 1, "a carriage return is not followed by a line feed"),
    ("a\n\"x\ny\nz\n", 2, "a quote is never closed"),
    ("a\n\"x\ny\"\n\u{0}\n", 4, "a field holds zero bytes"),
  ])
  func namesTheLineThatBreaksThem(text: String, line: Int, problem: String) {
    #expect(throws: CSVReader.Failure.malformed(line: line, problem: problem)) { try read(text) }
  }

  @Test(arguments: ["a\n\"b", "a\n\"b\"\""])
  func tellsAFieldThatIsCutShort(text: String) {
    #expect(throws: CSVReader.Failure.torn(line: 2)) { try read(text) }
  }

  @Test func refusesBytesThatAreNoText() {
    #expect(throws: CSVReader.Failure.malformed(line: 2, problem: "a field is not UTF-8")) {
      try read([0x61, 0x0A, 0xFF, 0xFE, 0x0A])
    }
  }

  @Test func refusesAHugeField() {
    let huge = [UInt8](repeating: 0x61, count: CSVReader.longestField + 1)
    let problem = "a field is longer than 1048576 bytes"
    #expect(throws: CSVReader.Failure.malformed(line: 1, problem: problem)) { try read(huge + [0x0A]) }
    #expect(throws: CSVReader.Failure.malformed(line: 1, problem: problem)) { try read([0x22] + huge + [0x22, 0x0A]) }
  }

  @Test func whatIsWrittenIsReadBack() throws {
    let alphabet = ["", "a", ",", "\"", "\n", "\r\n", "\r", "ü", " ", "0"]
    var random = SystemRandomNumberGenerator()
    for _ in 0..<500 {
      let fields = (0..<Int.random(in: 1...4, using: &random)).map { _ in
        (0..<Int.random(in: 0...5, using: &random)).map { _ in alphabet.randomElement(using: &random)! }.joined()
      }
      #expect(try read(csvLine(fields)) == [fields])
    }
  }
}

@Suite struct CSVFieldTests {
  @Test(arguments: [
    0.1, 1.0 / 3, 1e-300, .leastNonzeroMagnitude, 1e22, 78.5, -0.0, .infinity, .greatestFiniteMagnitude,
  ])
  func numbersAreNeverCut(value: Double) {
    #expect(Double(field: value.field)?.bitPattern == value.bitPattern)
  }

  @Test func nothingIsMissingAndNotZero() {
    #expect(Double?.none.field == "")
    #expect(Int?(field: "") == .some(nil))
    #expect(Double?(field: "0.0") == .some(0))
    #expect(Double(field: "") == nil)
    let third: Float = 1 / 3
    #expect(third.field == "0.33333334")
    #expect(Float(field: "0.33333334") == third)
    #expect(Float(field: "0x1p3") == nil)
    #expect(Int(field: "") == nil)
  }

  @Test(arguments: ["x", "1,5", "1 ", " 1", "0x10", "1_000", "--1"])
  func whatIsNoNumberIsRefused(text: String) {
    #expect(Double(field: text) == nil)
    #expect(Int(field: text) == nil)
    #expect(Double?(field: text) == nil)
  }
}

/// Returns the key of a table of birdlets.
func key(overrides: String = "") -> TableKey {
  TableKey(dataset: "birdlets", datasetVersion: "2", recipe: "quick", recipeVersion: 1, overrides: overrides)
}

@Suite struct CSVTableTests {
  private let rows = [
    RunRow(
      runID: "a", table: key(overrides: "lr=0.1, size=\"96\""), variant: "s3n", p: "1",
      radius: 0.05, radiusInverse: 0.3, seed: .max, head: "joint", metric: "top1", unit: "percent", value: 100.0 / 3,
      n: 240),
    RunRow(
      runID: "b", table: key(), variant: "baseline", seed: 0, metric: "top1", unit: "percent",
      value: nil, status: .diverged),
  ]

  @Test func rowsAreReadBackAsTheyWere() throws {
    let folder = try TemporaryFolder()
    let file = folder.url.appendingPathComponent("runs.csv")
    try CSVTable.write(rows, to: file)
    #expect(try CSVTable.read(from: file) == rows)
    let lines = try String(contentsOf: file, encoding: .utf8).split(separator: "\n")
    #expect(
      lines.first
        == "run_id,dataset,dataset_version,recipe,recipe_version,overrides,variant,p,radius,radius_inv,seed,head,metric,unit,value,n,status"
    )
    #expect(lines.last == "b,birdlets,2,quick,1,,baseline,,,,0,,top1,percent,,,diverged")
    #expect(try folder.contents() == ["runs.csv"])
  }

  @Test func aFileThatIsNotThereIsNamed() throws {
    let folder = try TemporaryFolder()
    let file = folder.url.appendingPathComponent("none.csv")
    #expect(throws: RecordsError.unreadable(file: file.path, reason: "no such file or directory")) {
      try CSVTable.read(StageRow.self, from: file)
    }
    #expect(throws: RecordsError.self) { try CSVTable.read(StageRow.self, from: folder.url) }
  }

  @Test(arguments: ["", "run_id", "run_id,phase,step,stage\n", "phase,run_id,step,stage,duration_ns\n", "\u{0}\n"])
  func aWrongHeaderIsShown(text: String) throws {
    let folder = try TemporaryFolder()
    let file = try folder.write(text, to: "stages.csv")
    #expect { try CSVTable.read(StageRow.self, from: file) } throws: { error in
      switch error as? RecordsError {
      case .wrongHeader(_, let expected, _): expected == ["run_id", "phase", "step", "stage", "duration_ns"]
      case .malformed(_, let line, _): line == 1
      default: false
      }
    }
  }

  @Test func aWrongFieldIsNamedByLineAndColumn() throws {
    let folder = try TemporaryFolder()
    let file = try folder.write("run_id,phase,step,stage,duration_ns\na,train,0,grid,1\na,train,0,grid,soon\n", to: "s")
    #expect(
      throws: RecordsError.wrongField(
        file: file.path, line: 3, column: "duration_ns", expected: "a whole number", found: "soon")
    ) { try CSVTable.read(StageRow.self, from: file) }
  }

  @Test func aMissingFieldAndATornLineAreNamedByLine() throws {
    let folder = try TemporaryFolder()
    let file = try folder.write("run_id,phase,step,stage,duration_ns\na,train,0,grid\n", to: "s")
    #expect(
      throws: RecordsError.malformed(
        file: file.path, line: 2, problem: "there are 4 fields, but the header names 5")
    ) { try CSVTable.read(StageRow.self, from: file) }
    try folder.write("run_id,phase,step,stage,duration_ns\na,train,0,grid", to: "s")
    #expect(
      throws: RecordsError.malformed(
        file: file.path, line: 2,
        problem:
          "the line is truncated or lacks its line break, as the file ends within it. To finish an interrupted run, "
          + "repeat its command")
    ) { try CSVTable.read(StageRow.self, from: file) }
  }

  /// A whole last number cannot be told from the beginning of a longer one.
  @Test(arguments: ["12", "12\u{0}\u{0}", "12\u{1A}"]) func aLastNumberWithoutItsLineBreakIsNotTrusted(end: String)
    throws
  {
    let folder = try TemporaryFolder()
    let file = try folder.write("\(header)\na,train,0,grid,7\na,train,1,grid,\(end)", to: "s")
    #expect { try CSVTable.read(StageRow.self, from: file) } throws: {
      "\($0)".contains("line 3: the line is truncated")
    }
    #expect { try CSVTable.forEach(StageRow.self, in: file) { _ in } } throws: { "\($0)".contains("line 3") }
  }

  private let header = "run_id,phase,step,stage,duration_ns"

  @Test(arguments: [
    "\u{FEFF}HEADER\r\na,train,0,grid,12\r\n", "HEADER\na,train,0,grid,12\n\n\n", "HEADER\na,train,0,grid,12\n\u{1A}",
    "HEADER \n\na,train, 0,grid,12\u{A0}\n",
    "HEADER\n\"a\",\"train\",\"0\",\"grid\",\"12\"\r\n",
  ])
  func whatEditorsAndSpreadsheetsSaveIsRead(text: String) throws {
    let folder = try TemporaryFolder()
    let file = try folder.write(text.replacing("HEADER", with: header), to: "s")
    let row = StageRow(runID: "a", phase: "train", step: 0, stage: "grid", durationNanoseconds: 12)
    #expect(try CSVTable.read(from: file) == [row])
  }

  @Test func whatCannotBeReadIsNamed() throws {
    let folder = try TemporaryFolder()
    for (separator, name) in [(";", "semicolons"), ("\t", "tabs")] {
      let file = try folder.write("\u{FEFF}" + header.replacing(",", with: separator) + "\r\n", to: "s")
      #expect { try CSVTable.read(StageRow.self, from: file) } throws: { "\($0)".contains("has \(name) between them") }
    }
    for (text, difference) in [
      (header + ",\n", "but has a column without a name besides."), (header + ",a\n", "but has a besides."),
      (header.replacing(",step", with: "") + "\n", "but lacks step."),
      (header.replacing("step", with: "Step") + "\n", "but lacks step and has Step besides."),
      ("phase,run_id,step,stage,duration_ns\n", "but has them in another order or twice."), ("a,b\n", "but is a,b."),
      ("", "but is missing."),
    ] {
      let file = try folder.write(text, to: "s")
      #expect { try CSVTable.read(StageRow.self, from: file) } throws: { "\($0)".contains(difference) }
    }
    let file = folder.url.appendingPathComponent("utf16")
    try #require(header.data(using: .utf16)).write(to: file)
    #expect { try CSVTable.read(StageRow.self, from: file) } throws: { "\($0)".contains("UTF-16") }
  }

  @Test func anUnknownStatusListsTheKnownOnes() throws {
    let folder = try TemporaryFolder()
    let header = csvLine(RunRow.header)
    let file = try folder.write(header + "a,d,1,r,1,,v,,,,0,,top1,percent,1,,great\n", to: "runs.csv")
    #expect(
      throws: RecordsError.wrongField(
        file: file.path, line: 2, column: "status", expected: "one of finished, diverged", found: "great")
    ) { try CSVTable.read(RunRow.self, from: file) }
  }
}
