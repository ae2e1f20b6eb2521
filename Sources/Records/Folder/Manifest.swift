import Files
import Foundation

/// What a finished folder holds, and how it was made, so that a later change to it is seen: manifest.json.
public struct Manifest: Codable, Equatable, Sendable {
  /// The version of all files' columns and keys.
  public static let currentSchema = 2

  public var schema: Int
  /// The SHA-256 of each file of the report, by name.
  public var files: [String: String]
  /// The commands that wrote into the folder, the oldest first.
  public var commands: [[String]]
  /// The commits of the program that ran them; nil for a program outside its checkout.
  public var commits: [RunEnvironment.Commit?]
  /// The programs and fonts that drew the pictures, by what they are.
  public var drawnBy: [String: String]

  enum CodingKeys: String, CodingKey {
    case schema, files, commands, commits
    case drawnBy = "drawn_by"
  }

  /// Describes what `folder` holds now.
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

  /// Reads the manifest of `folder`; throws `newerSchema`.
  public static func read(in folder: URL) throws(RecordsError) -> Manifest {
    try requireKnownSchema(in: folder)
    return try readJSON(Manifest.self, "a manifest", from: RecordsFile.manifest.url(in: folder))
  }

  /// Throws `newerSchema` for a folder whose manifest says that its files are of a later version than is known here.
  public static func requireKnownSchema(in folder: URL) throws(RecordsError) {
    struct Version: Decodable { let schema: Int }
    let file = RecordsFile.manifest.url(in: folder)
    guard isAccessible(file.givenPath, F_OK), let version = try? readJSON(Version.self, "a manifest", from: file),
      version.schema > currentSchema
    else { return }
    throw .newerSchema(file: file.path, found: version.schema, known: currentSchema)
  }

  /// Writes the manifest of `folder`, in which all that is derived was just made.
  ///
  /// Files of what happened keep the checksums of a manifest that is there: making tables and figures again must not vouch for
  /// rows that somebody has changed since. Only `remade` are known to be new. With `drawnBy` nil, nothing was drawn, and the
  /// pictures are those of before.
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
