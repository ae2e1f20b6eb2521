import ArgumentParser
import Figures
import Files
import Foundation
import Records

struct FiguresCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "figures", abstract: "Draw the figures of output folders.",
    discussion: """
      bench figures runs/a draws every figure that the records in runs/a allow, into runs/a; bench figures runs/a \
      reliability cost draws only these two. Each is written as NAME.svg, .png and .pdf, along with its data, \
      NAME.csv, and gnuplot script, NAME.gp.

      Figures that support it show several folders side by side, and are written to the folder given by --out.

      Figures:
      \(FigureKind.all.map { "  \($0.name): \($0.summary)\($0.takesSeveral ? " *" : "")" }.joined(separator: "\n"))
      * also supports several folders.
      """)

  @Argument(
    help: ArgumentHelp(
      "Output folders of bench ablation or bench train, and names of figures to draw.", valueName: "folder|figure"))
  var words: [String] = []

  @Flag(help: "List the figures and the files that each is made from.")
  var list = false

  @Option(
    help: ArgumentHelp(
      "Variant to show in figures of a single one (default: s3n, or the first with several heads).",
      valueName: "variant"))
  var variant: String?

  @Option(help: ArgumentHelp("Folder for the figures (default: the output folder).", valueName: "folder"))
  var out: String?

  func run() throws {
    if list { return print(Self.table.text, terminator: "") }
    // A word that neither exists as a path nor looks like one is a figure's name, perhaps misspelt.
    let names = words.filter { word in
      FigureKind.all.contains { $0.name == word } || !word.contains("/") && !isAccessible(word, F_OK)
    }
    for name in names { _ = try FigureKind.named(name) }
    let folders = try words.filter { !names.contains($0) }.map { try Results(ofFolder: $0).folder }
    guard let first = folders.first else { throw ValidationError("Name an output folder of ablation or train.") }
    if folders.count > 1, out == nil {
      throw ValidationError(
        "Figures of \(folders.count) folders belong to none of them: name a folder to draw into with --out.")
    }
    let target = try out.map { try outputFolder($0) } ?? first
    try makeFolder(target.givenPath, failingAs: RecordsError.self)
    let records = FolderRecords.all(of: folders, variant: variant)
    try eachOf(figures(names, of: records)) { figure in
      let files = try figure.render(to: target)
      print("Figure: \(files.svg.relativePath), .png, .pdf")
    }
    if folders.count == 1, isSameFile(target.givenPath, first.givenPath) {
      try Results(of: first).renewManifest(drawnBy: DrawingPrograms.current)
    }
  }

  /// Returns the named figures, or all that can be drawn if none is named.
  private func figures(_ names: [String], of records: [FolderRecords]) throws -> [any Figure] {
    guard names.isEmpty else { return try names.map { try FigureKind.named($0).figure(of: records) } }
    let (figures, leftOut) = try FigureKind.figures(of: records)
    for (_, reason) in leftOut { complain("Left out: \(reason)") }
    if figures.isEmpty, let reason = leftOut.first?.reason { throw reason }
    return figures.map(\.figure)
  }

  private static var table: TextTable {
    TextTable(
      header: ["figure", "made from", "folders"],
      rows: FigureKind.all.map {
        [$0.name, $0.needs.map(\.rawValue).joined(separator: " "), $0.takesSeveral ? "several" : "one"]
      })
  }
}
