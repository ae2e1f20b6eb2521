import Foundation
import Records
import Testing

@testable import Regression

#if canImport(FoundationXML)
  import FoundationXML
#endif

@Suite struct ReportTests {
  private func check(_ outcome: Check.Outcome, _ subject: String = "s3n, head joint") -> Check {
    Check(
      measure: .accuracy, subject: subject, baseline: "80.00 %", now: "60.00 %", change: "-20.00, p 0.0001",
      outcome: outcome)
  }

  private func report(_ outcomes: Check.Outcome...) -> GateReport {
    var report = GateReport()
    report.title = "runs/a against reports/b"
    report.checks = outcomes.map { check($0) }
    return report
  }

  @Test func theVerdictFollowsTheChecks() {
    #expect(report(.same, .reported).verdict == .same)
    #expect(report(.same, .improvement).verdict == .improvement)
    #expect(report(.improvement, .regression).verdict == .regression)
    #expect(GateReport(obstacle: .otherDataset(baseline: "a", now: "b")).verdict == .notComparable)
    #expect(report(.regression, .same).sentence == "REGRESSION in 1 of 2 checks.")
  }

  @Test func theTextTellsWhatIsNotTheSame() {
    let text = report(.regression, .same).text
    #expect(text.contains("80.00 %") && text.split(separator: "\n").count { $0.contains("accuracy") } == 1)
    #expect(!report(.same).text.contains("80.00"))
  }

  @Test func markdownEscapesWhatTablesAndHTMLMean() {
    var report = report(.regression)
    report.checks.append(check(.same, "a|b\n<c>"))
    #expect(report.markdown.contains("| accuracy | a\\|b &lt;c> | 80.00 % |"))
    let lines = report.markdown.split(separator: "\n").filter { $0.hasPrefix("|") }
    #expect(lines.count == 4 && lines[2].contains("regression"))
  }

  @Test func junitIsXMLWhateverTheNamesHold() throws {
    var report = report(.regression, .improvement, .reported, .same)
    report.checks.append(check(.regression, "a<b>&\"c\"\u{1}\u{FFFF} 'd'\n\u{E9}\u{1F426}"))
    report.notes = ["1 < 2 & ]]>"]
    let document = try XMLDocument(xmlString: report.junit)
    let suite = try #require(try document.nodes(forXPath: "/testsuites/testsuite").first as? XMLElement)
    func attribute(_ name: String) -> String? { suite.attribute(forName: name)?.stringValue }
    #expect(attribute("tests") == "5" && attribute("failures") == "3" && attribute("skipped") == "1")
    #expect(attribute("name") == "runs/a against reports/b" && attribute("errors") == "0")
    let cases = try document.nodes(forXPath: "//testcase").compactMap { $0 as? XMLElement }
    #expect(cases.last?.attribute(forName: "name")?.stringValue == "a<b>&\"c\"\u{FFFD}\u{FFFD} 'd'\n\u{E9}\u{1F426}")
    #expect(try document.nodes(forXPath: "//failure").count == 3)
    #expect(try document.nodes(forXPath: "//system-out").first?.stringValue == "1 < 2 & ]]>")
  }

  @Test func whatCannotBeComparedIsAnError() throws {
    let document = try XMLDocument(xmlString: GateReport(obstacle: .otherDataset(baseline: "a", now: "b<")).junit)
    #expect(try document.nodes(forXPath: "//testcase/error").count == 1)
  }
}

@Suite struct InstructionCountTests {
  @Test func perfAndCachegrindAreUnderstood() {
    #expect(InstructionCount.perf("# started\n\n123456,,instructions:u,1000,100.00,,\n") == 123_456)
    #expect(InstructionCount.perf("<not supported>,,instructions:u,0,100.00,,\n") == nil)
    #expect(InstructionCount.perf("") == nil)
    #expect(InstructionCount.cachegrind("==12== I   refs:      1,092,767,816\n") == 1_092_767_816)
    #expect(InstructionCount.cachegrind("==12== I refs:  7") == 7)
    #expect(InstructionCount.cachegrind("==12== brk segment overflow\n") == nil)
  }

  @Test func twoPercentMoreIsTheLimit() {
    func outcome(_ now: Int) -> Check.Outcome {
      InstructionCount.check("all", baseline: 1_000_000, now: now, Tolerance()).outcome
    }
    #expect(outcome(1_019_000) == .same && outcome(1_021_000) == .regression)
    #expect(outcome(985_000) == .same && outcome(970_000) == .improvement)
  }

  @Test func programsTakeTurns() {
    #expect(Alternation.turns(rounds: 3) == [.baseline, .now, .now, .baseline, .baseline, .now])
  }
}
