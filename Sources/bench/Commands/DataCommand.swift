import ArgumentParser
import Datasets
import Files
import Foundation
import WeightFiles

struct DataCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "data",
    abstract: "List, fetch, verify, describe and remove datasets; write the embedded one to files.",
    subcommands: [
      DataListCommand.self, DataFetchCommand.self, DataVerifyCommand.self, DataImportCommand.self,
      DataWhereCommand.self, DataRemoveCommand.self, DataCroissantCommand.self, Render.self, Sheet.self,
    ])

  struct Render: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Write an embedded dataset as a CUB-style folder of JPEG files.",
      discussion: "To read the folder again, use --dataset cub --data DIR.")

    @Argument(help: "Embedded dataset: birdlets.")
    var dataset: String

    @Option(help: ArgumentHelp("Output folder, new or empty.", valueName: "dir"))
    var out: String

    @Option(help: ArgumentHelp("Image height and width.", valueName: "pixels"))
    var size = 192

    @Option(help: ArgumentHelp("Training images per class; half as many are added for testing.", valueName: "count"))
    var perClass = 40

    func validate() throws {
      guard (16...4096).contains(size) else { throw ValidationError("--size \(size): expected 16 to 4096.") }
      guard (2...1000).contains(perClass) else {
        throw ValidationError("--per-class \(perClass): expected 2 to 1000.")
      }
    }

    func run() throws {
      guard let kind = Birdlets.Kind(rawValue: try Dataset.entry(named: dataset).name) else {
        throw ValidationError("\(dataset) is already in files: only an embedded dataset (birdlets) can be rendered.")
      }
      _ = try outputFolder(out)
      try Birdlets.rendered(kind, size: size, perClass: perClass).write(
        to: out, goOn: Watch("Writing pictures").goOn)
      print("Wrote \(out)")
    }
  }

  struct Sheet: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Draw a contact sheet of test images from each class, as one JPEG or PNG file.")

    @OptionGroup var dataset: DatasetOptions

    @Option(help: ArgumentHelp("File to write: .png or .jpg; JPEG if it has no extension.", valueName: "file"))
    var out: String

    @Option(help: ArgumentHelp("Images per class, 1 to 20.", valueName: "count"))
    var perClass = 5

    func run() throws {
      guard (1...20).contains(perClass) else { throw ValidationError("--per-class \(perClass): expected 1 to 20.") }
      let ending = URL(fileURLWithPath: out).pathExtension.lowercased()
      guard ["", "png", "jpg", "jpeg"].contains(ending) else {
        throw ValidationError("--out \(out): expected a name that ends in .png, .jpg or .jpeg.")
      }
      let file = try outputFile(out, option: "--out")
      let images = try dataset.open().dataset
      let sheet = try ContactSheet(perClass: perClass).image(of: images, goOn: Watch("Drawing classes").goOn)
      try writeWhole(ending == "png" ? sheet.png() : sheet.jpeg(fullColour: true), to: file.givenPath)
      print("Wrote \(out), \(sheet.width) x \(sheet.height) pixels")
    }
  }
}
