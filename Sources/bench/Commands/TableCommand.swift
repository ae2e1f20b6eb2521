import ArgumentParser
import Figures
import Foundation
import Records
import Reports

struct TableCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "table",
    abstract: "Print the accuracies of an output folder as a LaTeX, Markdown or CSV table.",
    discussion: """
      Differences and verdicts come from comparisons.csv, which bench compare writes. A variant is bold only if its \
      verdict there is better: trained again with other seeds, it would be better, too.
      """)

  enum Format: String, EnumerableFlag {
    case latex, markdown, csv

    static func help(for value: Format) -> ArgumentHelp? {
      switch value {
      case .latex: "LaTeX, with the booktabs package."
      case .markdown: "GitHub-flavoured Markdown."
      case .csv: "CSV, with each number in its own column."
      }
    }
  }

  @Argument(help: "Output folder of bench ablation or bench train.")
  var folder: String

  @Flag(help: "Output format.")
  var format: Format

  func run() throws {
    let records = FolderRecords(of: try Results(ofFolder: folder).folder)
    let comparisons = records.holds(.comparisons) ? try records.comparisons() : []
    guard let table = AccuracyTable(of: try records.runs(), comparisons) else {
      throw FiguresError.noData(figure: "table", needed: "rows of runs.csv with the metric \(Metric.top1)")
    }
    let text =
      switch format {
      case .latex: table.latex
      case .markdown: table.markdown
      case .csv: table.csv
      }
    print(text, terminator: "")
  }
}
