import Comparisons
import Foundation
import Records
import Testing

@testable import Reports

@Suite struct AccuracyTableTests {
  private let runs: [RunRow]
  private let better: ComparisonRow

  init() throws {
    let folder = try OutputFolder([("baseline", [50, 52]), ("s3n_{odd}&", [58, 60]), ("one", [54])])
    runs = try CSVTable.read(from: RecordsFile.runs.url(in: folder.url))
    var row = ComparisonRow.blank
    row.cell = runs[2].cell
    row.other = runs[0].cell
    row.difference = 8
    row.seeds.low95 = 6
    row.seeds.high95 = 10
    row.verdict = .better
    better = row
  }

  private func table(_ verdict: Verdict) throws -> AccuracyTable {
    var row = better
    row.verdict = verdict
    return try #require(AccuracyTable(of: runs, [row]))
  }

  @Test func onlyAVerdictOfBetterIsBold() throws {
    for verdict in Verdict.allCases {
      let table = try table(verdict)
      let isBold = verdict == .better
      #expect(table.latex.contains("\\textbf{59.0 $\\pm$ 1.4}") == isBold)
      #expect(table.markdown.contains("**59.0 ± 1.4**") == isBold)
      #expect(table.latex.contains("\\textbf") == isBold && table.csv.contains(",true,") == isBold)
    }
  }

  @Test func withoutACommonSeedNothingIsSaidOfDifferences() throws {
    let recipe = ResolvedRecipe(
      dataset: .init(name: "birdlets", version: "2", classes: ["wren", "crow"]), recipe: "quick", recipeVersion: 1,
      overrides: [:], initialWeights: nil, values: [:])
    var row = better
    row.difference = nil
    let words = Words(try #require(AccuracyTable(of: runs, [row])), recipe, epochs: nil)
    #expect(words.answer.contains("%. No other variant has a finished seed in common with baseline. Guessing"))
  }

  @Test func latexIsThatOfBooktabsWithEverythingEscaped() throws {
    let latex = try table(.better).latex
    #expect(
      latex.contains("  s3n\\_\\{odd\\}\\& & \\textbf{59.0 $\\pm$ 1.4} &  & +8.0 [6.0, 10.0] & better & 2 \\\\\n"))
    for rule in ["\\toprule", "\\midrule", "\\bottomrule"] { #expect(latex.components(separatedBy: rule).count == 2) }
    #expect(latex.contains("recipe quick, 240 test images."))
    #expect(latexEscaped("a\\b~c^d#e$f%") == "a\\textbackslash{}b\\textasciitilde{}c\\textasciicircum{}d\\#e\\$f\\%")
  }

  @Test func aMinusIsNoHyphen() throws {
    var row = better
    (row.difference, row.seeds.low95, row.verdict) = (-2.5, -4, .worse)
    let latex = try #require(AccuracyTable(of: runs, [row])).latex
    #expect(latex.contains("& $-$2.5 [$-$4.0, 10.0] &"))
  }

  @Test func markdownEscapesWhatWouldEndACell() throws {
    let lines = try table(.notShown).markdown.split(separator: "\n")
    #expect(lines[1] == "| variant | top-1 | 95 % | difference | verdict | seeds |")
    #expect(lines[2] == "| --- | ---: | ---: | ---: | ---: | ---: |")
    #expect(lines[4].hasPrefix("| s3n\\_{odd}& | 59.0 ± 1.4 |"))
    #expect(markdownEscaped("a|b*c") == "a\\|b\\*c")
  }

  @Test func csvHoldsNumbersAndASingleRunHasAnInterval() throws {
    let lines = try table(.better).csv.split(separator: "\n")
    #expect(lines[2].hasPrefix("s3n_{odd}&,59.0,59.0 ± 1.4,,,,8.0,\"+8.0 [6.0, 10.0]\",better,true,2,240"))
    #expect(lines[3].hasPrefix("one,54.0,54.0,\"[47."))
  }

  @Test func withoutAComparisonNothingIsSaidOfDifferences() throws {
    let table = try #require(AccuracyTable(of: runs, []))
    #expect(!table.latex.contains("difference") && !table.markdown.contains("verdict"))
    #expect(AccuracyTable(of: [], []) == nil)
  }
}
