import Foundation
import Records
import Testing

@testable import Interchange

@Suite struct ModelCardTests {
  private func card(_ record: ModelRecord?) -> ModelCard {
    ModelCard(
      title: "S3N on resnet18, p = 2", file: "model.onnx", source: "s3n-seed0.safetensors", backbone: "resnet18",
      size: 64,
      mean: [0.5, 0.5, 0.5], deviation: [0.25, 0.25, 0.25], outputs: ["logits", "raw"], classes: 2,
      classNames: ["a_b", "c: \"d\""], training: [("dataset", "birdlets")], datasetTerms: nil, record: record,
      lack: "Not known: nobody says.")
  }

  @Test func theResultsAreThoseOfTheRunWithTheseWeights() throws {
    let folder = try MadeUpFolder()
    let record = try #require(try ModelRecord(ofWeights: "s3n-seed1-3", in: folder.url))
    #expect(record.runID == "s3n-seed1" && record.seed == 1 && record.epoch == 3 && record.isLast)
    #expect(record.results.map(\.percent) == [75, 70] && record.results.allSatisfy { $0.images == 240 })
    let text = card(record).markdown
    #expect(text.contains("value: 0.75\n") && text.contains("| joint | top1 | 75.0 | 240 |"))
    #expect(text.contains("name: \"birdlets size=64\"") && text.contains("One training with seed 1"))
    #expect(!text.contains("chosen by its accuracy"))
  }

  @Test func anEpochThatTheTestImagesChoseIsSaidToBeSo() throws {
    let folder = try MadeUpFolder()
    let record = try #require(try ModelRecord(ofWeights: "s3n-seed0-2", in: folder.url))
    #expect(!record.isLast && record.results.map(\.percent) == [80])
    #expect(card(record).markdown.contains("chosen by its accuracy on these very images"))
  }

  @Test func withoutARecordThereAreNoNumbers() throws {
    let folder = try MadeUpFolder()
    #expect(try ModelRecord(ofWeights: "another", in: folder.url) == nil)
    #expect(try ModelRecord(ofWeights: "another", in: folder.url.appendingPathComponent("nowhere")) == nil)
    // A run that did not finish has no results.
    try CSVTable.write([RunRow](), to: RecordsFile.runs.url(in: folder.url))
    #expect(try ModelRecord(ofWeights: "s3n-seed0-3", in: folder.url) == nil)
    let text = card(nil).markdown
    #expect(!text.contains("model-index") && text.contains("Not known: nobody says."))
    #expect(text.contains("| dataset | birdlets |"))
  }
}
