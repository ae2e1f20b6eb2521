import ArgumentParser
import Figures
import Foundation
import Records
import Reports

struct TableCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "table",
    abstract: "Print the accuracies of an output folder as a table of LaTeX, Markdown or CSV.",
    discussion: """
      Differences and verdicts are those of comparisons.csv, which bench compare writes. A variant is bold only where its \
      verdict there is better: trained again with other seeds, it would be, too.
      """)

  enum Format: String, EnumerableFlag {
    case latex, markdown, csv

    static func help(for value: Format) -> ArgumentHelp? {
      switch value {
      case .latex: "For LaTeX, with the package booktabs."
      case .markdown: "For Markdown, as GitHub has it."
      case .csv: "As CSV, with numbers in columns of their own."
      }
    }
  }

  @Argument(help: "An output folder of ablation or train.")
  var folder: String

  @Flag(help: "The format.")
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
