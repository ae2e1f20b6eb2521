import Foundation
import Records
import Testing

@testable import Interchange

@Suite struct ResearchCrateTests {
  private func entities(_ crate: ResearchCrate) throws -> [[String: JSONValue]] {
    guard case .object(let all) = crate.json, case .list(let graph)? = all["@graph"] else { return [] }
    return graph.compactMap { if case .object(let entity) = $0 { entity } else { nil } }
  }

  @Test func everyFileIsThereAndEveryReferenceLeadsSomewhere() throws {
    let folder = try MadeUpFolder()
    let models = folder.url.appendingPathComponent("checkpoints")
    try FileManager.default.createDirectory(at: models, withIntermediateDirectories: true)
    try Data().write(to: models.appendingPathComponent("a model.safetensors"))
    // The page and hand-written texts are not part of the records.
    for name in ["report.html", "README.md"] { try Data().write(to: folder.url.appendingPathComponent(name)) }
    let entities = try entities(ResearchCrate(of: folder.url))
    let ids = entities.compactMap { $0["@id"] }
    let expected: [JSONValue] = [
      "environment.json", "epochs.csv", "fingerprints.csv", "manifest.json", "recipe.json", "runs.csv",
      "checkpoints/a%20model.safetensors",
    ]
    #expect(entities.filter { $0["@type"] == "File" }.map { $0["@id"] ?? .null } == expected)
    for entity in entities {
      for (key, value) in entity where key != "conformsTo" {
        for reference in references(value) { #expect(ids.contains(reference), "\(key) of \(entity["@id"] ?? .null)") }
      }
    }
    #expect(ids.contains("https://w3id.org/ro/wfrun/process/0.5"))
  }

  private func references(_ value: JSONValue) -> [JSONValue] {
    switch value {
    case .object(let object): object["@id"].map { [$0] } ?? []
    case .list(let values): values.flatMap(references)
    default: []
    }
  }

  @Test func whatWasRunIsSaidWithItsTime() throws {
    let folder = try MadeUpFolder()
    let entities = try entities(ResearchCrate(of: folder.url))
    let action = try #require(entities.first { $0["@type"] == "CreateAction" })
    #expect(action["description"] == "bench ablation --size 64" && action["startTime"] == "2026-01-02T03:04:05Z")
    #expect(action["instrument"] == ["@id": "#bench-unknown"])
    let root = try #require(entities.first { $0["@id"] == "./" })
    #expect(root["datePublished"] == "2026-01-02T03:04:05Z")
    #expect(entities.contains { $0["value"] == "quick, version 3, size=64" })
  }

  @Test func theSameFolderHasTheSameCrateWhereverItIsWritten() throws {
    let folder = try MadeUpFolder()
    let other = folder.url.appendingPathComponent("other")
    try FileManager.default.createDirectory(at: other, withIntermediateDirectories: true)
    let crate = RecordsFile.crate
    try ResearchCrate(of: folder.url).write(to: other)
    // An existing crate file does not change the result.
    for _ in 0..<2 {
      try ResearchCrate(of: folder.url).write(to: folder.url)
      #expect(try Data(contentsOf: crate.url(in: folder.url)) == Data(contentsOf: crate.url(in: other)))
    }
  }
}
