import Files
import Foundation

/// The contents and origin of a finished folder, recorded so that later changes are detected: manifest.json.
public struct Manifest: Codable, Equatable, Sendable {
  /// The version of all files' columns and keys.
  public static let currentSchema = 2

  public var schema: Int
  /// The SHA-256 of each file of the report, by name.
  public var files: [String: String]
  /// The commands that wrote into the folder, oldest first.
  public var commands: [[String]]
  /// The commits of the program that ran them; nil for a program outside its checkout.
  public var commits: [RunEnvironment.Commit?]
  /// The versions of the programs and fonts that drew the figures, by name.
  public var drawnBy: [String: String]

  enum CodingKeys: String, CodingKey {
    case schema, files, commands, commits
    case drawnBy = "drawn_by"
  }

  /// Describes the current contents of `folder`.
  public init(of folder: URL, drawnBy: [String: String]) throws(RecordsError) {
    schema = Self.currentSchema
    files = [:]
    for name in try visibleNames(in: folder) where RecordsFile.isPartOfReport(name) {
      files[name] = try checksum(of: folder.appendingPathComponent(name))
    }
    let records = try EnvironmentFile.read(from: RecordsFile.environment.url(in: folder)).commands
    commands = records.map(\.commandLine)
    commits = records.map(\.commit).unique()
    self.drawnBy = drawnBy
  }

  /// Reads the manifest of `folder`; throws `newerSchema` if it has a later schema.
  public static func read(in folder: URL) throws(RecordsError) -> Manifest {
    try requireKnownSchema(in: folder)
    return try readJSON(Manifest.self, "a manifest", from: RecordsFile.manifest.url(in: folder))
  }

  /// Throws `newerSchema` if the folder's manifest has a later schema than this program knows.
  public static func requireKnownSchema(in folder: URL) throws(RecordsError) {
    struct Version: Decodable { let schema: Int }
    let file = RecordsFile.manifest.url(in: folder)
    guard isAccessible(file.givenPath, F_OK), let version = try? readJSON(Version.self, "a manifest", from: file),
      version.schema > currentSchema
    else { return }
    throw .newerSchema(file: file.path, found: version.schema, known: currentSchema)
  }

  /// Writes the manifest of `folder`, whose derived files were all just regenerated.
  ///
  /// Raw files keep the checksums of an existing manifest: regenerating tables and figures must not vouch for rows that
  /// have changed since. Only `remade` are known to be new. If `drawnBy` is nil, nothing was drawn and the figures are
  /// those of before.
  public static func renew(
    in folder: URL, drawnBy: [String: String]?, remade: [RecordsFile] = []
  ) throws(RecordsError) {
    let file = RecordsFile.manifest.url(in: folder)
    let earlier = isAccessible(file.givenPath, F_OK) ? try read(in: folder) : nil
    var manifest = try Manifest(of: folder, drawnBy: drawnBy ?? earlier?.drawnBy ?? [:])
    for (name, sha256) in earlier?.files ?? [:]
    where !RecordsFile.isDerived(name) && !remade.map(\.rawValue).contains(name) {
      manifest.files[name] = sha256
    }
    try writeJSON(manifest, to: file)
  }
}
