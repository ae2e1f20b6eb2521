import DatasetStore
import Datasets
import Experiments
import Export
import Files
import Foundation
import Interchange
import Models
import Operators

extension ModelCard {
  /// The card of a model exported to `file`, with results of these very weights from the folder around its checkpoint.
  init(of trained: TrainedModel, _ graph: ModelGraph, sampling: SamplingRule, title: String, file: String) throws {
    var (record, lack) = (
      ModelRecord?.none, "Not known: no output folder lies around the checkpoint that has a run with its weights."
    )
    let looksAlike = trained.cell.variant.branches.isEmpty || sampling == trained.sampling
    if graph.size == trained.recipe.size, looksAlike {
      let folder = parentFolder(of: parentFolder(of: trained.path))
      record = try ModelRecord(
        ofWeights: trained.fingerprint(), in: URL(fileURLWithPath: folder, isDirectory: true))
    } else {
      lack = "Not known: this file sees images otherwise than the tests of its training did."
    }
    let normalization = Normalization.imageNet
    self.init(
      title: title, file: Self.name(file), source: Self.name(trained.path), backbone: trained.backbone.name,
      size: graph.size, mean: (0..<3).map { normalization.mean[$0] },
      deviation: (0..<3).map { normalization.deviation[$0] }, outputs: graph.outputs.map(\.name),
      classes: trained.classes, classNames: trained.classNames, training: Self.training(of: trained),
      datasetTerms: trained.dataset.flatMap { Self.terms(of: $0.name) }, record: record, lack: lack)
  }

  /// What our own checkpoint says about its training; empty for other files.
  private static func training(of trained: TrainedModel) -> [(name: String, value: String)] {
    guard let dataset = trained.dataset else { return [] }
    return [
      ("dataset", dataset.name), ("classes", dataset.classes ?? "all"), ("recipe", trained.recipe.name),
      ("variant", trained.cell.variant.name), ("seed", "\(trained.cell.seed)"), ("epochs", "\(trained.epoch + 1)"),
    ]
  }

  private static func terms(of dataset: String) -> String? {
    guard let entry = try? Dataset.entry(named: dataset) else { return nil }
    guard let name = entry.lockName else {
      return entry.needsFolder ? nil : "its pictures are drawn by the program, under the program's licence"
    }
    guard let item = try? Lock.embedded().item(.datasets, name) else { return nil }
    return "\(item.terms) (\(item.page)). Cite \(item.citation)"
  }

  private static func name(_ path: String) -> String { URL(fileURLWithPath: path).lastPathComponent }
}
