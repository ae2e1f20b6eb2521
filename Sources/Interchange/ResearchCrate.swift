import Files
import Foundation
import Records

/// A description of an output folder or report as RO-Crate metadata (https://w3id.org/ro/crate/1.1) of the profile
/// Process Run Crate: which commands of which commit made which files. A function of the folder's files.
public struct ResearchCrate {
  private let folder: URL
  private let recipe: ResolvedRecipe
  private let commands: [RunEnvironment]
  /// Paths within the folder, sorted.
  private let files: [String]

  /// Reads recipe.json, environment.json and the folder's file names; throws `RecordsError`.
  public init(of folder: URL) throws(RecordsError) {
    self.folder = folder
    recipe = try ResolvedRecipe.read(from: RecordsFile.recipe.url(in: folder))
    commands = try EnvironmentFile.read(from: RecordsFile.environment.url(in: folder)).commands
    // The manifest is written later, and covers the crate.
    let records = try visibleNames(in: folder).filter(RecordsFile.isPartOfReport) + [RecordsFile.manifest.rawValue]
    let models = (folderEntries(folder.givenPath + "/" + RecordsFile.models) ?? [])
      .filter { $0.hasSuffix(".safetensors") }
    files = records.filter { $0 != RecordsFile.crate.rawValue }.sorted() + models.map { "\(RecordsFile.models)/\($0)" }
  }

  /// Writes ro-crate-metadata.json into `target`.
  public func write(to target: URL) throws(RecordsError) {
    try writeJSON(json, to: RecordsFile.crate.url(in: target))
  }

  var json: JSONValue {
    ["@context": "https://w3id.org/ro/crate/1.1/context", "@graph": .list(entities.map(\.json))]
  }

  private var entities: [CrateEntity] {
    let programs = commands.map(Program.init).unique()
    let fixed = [descriptor, root, profile, licence]
    return fixed + programs.map(\.entity) + settings + commands.enumerated().map(action)
      + files.map { CrateEntity($0, "File", ["name": .text($0), "encodingFormat": .text(Self.format(of: $0))]) }
  }

  private var descriptor: CrateEntity {
    CrateEntity(
      RecordsFile.crate.rawValue, "CreativeWork",
      ["about": .reference("./"), "conformsTo": .reference("https://w3id.org/ro/crate/1.1")])
  }

  private var root: CrateEntity {
    let table = recipe.table
    let overrides = table.overrides.isEmpty ? "" : " with \(table.overrides)"
    return CrateEntity(
      "./", "Dataset",
      [
        "name": .text("S3N on \(table.dataset), recipe \(table.recipe)"),
        "description": .text(
          "Trainings and tests of S3N (Ding et al., ICCV 2019) and of variants of it on \(table.dataset), version "
            + "\(table.datasetVersion), \(counted(recipe.dataset.classes.count, "class", plural: "classes")), recipe "
            + "\(table.recipe) version \(table.recipeVersion)\(overrides): rows as they were measured, and tables and "
            + "charts that are functions of them."),
        "datePublished": .text(commands.last?.date ?? ""), "license": .reference(Self.licenceID),
        "conformsTo": .reference(Self.profileID), "hasPart": .references(files),
        "mentions": .references(commands.indices.map(Self.actionID)),
      ])
  }

  private static let profileID = "https://w3id.org/ro/wfrun/process/0.5"
  private var profile: CrateEntity {
    CrateEntity(Self.profileID, "CreativeWork", ["name": "Process Run Crate", "version": "0.5"])
  }

  private static let licenceID = "#licence"
  private var licence: CrateEntity {
    CrateEntity(
      Self.licenceID, "CreativeWork",
      [
        "name": "No licence stated",
        "description":
          "Whoever ran the commands decides on the terms of these records; the dataset has terms of its own.",
      ])
  }

  private static let settingIDs = ["#dataset", "#recipe"]
  /// The inputs of the commands that determine the numbers of the table.
  private var settings: [CrateEntity] {
    let table = recipe.table
    return zip(
      Self.settingIDs,
      [
        ("dataset", "\(table.dataset), version \(table.datasetVersion)"),
        (
          "recipe",
          ["\(table.recipe), version \(table.recipeVersion)", table.overrides].filter { !$0.isEmpty }
            .joined(separator: ", ")
        ),
      ]
    ).map { id, setting in
      CrateEntity(id, "PropertyValue", ["name": .text(setting.0), "value": .text(setting.1)])
    }
  }

  private static func actionID(_ index: Int) -> String { "#command-\(index + 1)" }
  private func action(_ index: Int, _ command: RunEnvironment) -> CrateEntity {
    CrateEntity(
      Self.actionID(index), "CreateAction",
      [
        "name": .text("Command \(index + 1)"), "description": .text(command.commandLine.joined(separator: " ")),
        "instrument": .reference(Program(command).id), "object": .references(Self.settingIDs),
        "result": .references(files), "startTime": .text(command.date),
      ])
  }

  /// The program that ran a command.
  private struct Program: Hashable {
    let version: String

    init(_ command: RunEnvironment) {
      version = command.commit.map { $0.hash + ($0.dirty ? ", with changes" : "") } ?? "unknown"
    }

    var id: String { "#bench-" + version.prefix { $0 != "," } + (version.contains(",") ? "-changed" : "") }

    var entity: CrateEntity {
      CrateEntity(
        id, "SoftwareApplication", ["name": "s3n-bench", "softwareVersion": .text(version)])
    }
  }

  private static func format(of name: String) -> String {
    switch name.split(separator: ".").last {
    case "csv": "text/csv"
    case "json": "application/json"
    case "yml": "application/yaml"
    case "svg": "image/svg+xml"
    case "png": "image/png"
    case "pdf": "application/pdf"
    case "gp": "text/plain"
    default: "application/octet-stream"
    }
  }
}
