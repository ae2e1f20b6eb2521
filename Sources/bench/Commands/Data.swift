import ArgumentParser
import Datasets
import Records

struct Data: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "List the datasets, or write the embedded one to files.", subcommands: [List.self, Render.self])

  struct List: ParsableCommand {
    static let configuration = CommandConfiguration(abstract: "List the datasets that are known by name.")

    func run() {
      var table = TextTable(header: ["dataset", "files", "contents"])
      for entry in Dataset.all {
        table.rows.append([entry.name, entry.needsFolder ? "--data DIR" : "none needed", entry.summary])
      }
      print(table.text, terminator: "")
    }
  }
}
