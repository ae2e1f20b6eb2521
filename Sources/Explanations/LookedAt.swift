import Datasets
import Experiments
import Models
import Operators

/// A set of a model's peaks.
public enum PeakSet: String, CaseIterable, Sendable, Codable {
  /// All peaks of the response map.
  case all
  /// The peaks that the discriminative branch enlarges, the strong ones.
  case discriminative
  /// The peaks that the complementary branch enlarges, the weak ones.
  case complementary
}

/// Where a model looks in one test image, and the image's annotation.
public struct LookedAt: Sendable, Codable {
  public let sample: Sample
  /// In pixels of the model's input.
  public let annotation: Annotation
  public let peaks: [PeakSet: [Peak]]
}

/// Where a model looks in all annotated test images.
public struct Looks: Sendable, Codable {
  public let grid: CellGrid
  public let partNames: [String]
  public let images: [LookedAt]
  /// The images of each class, by label.
  let byClass: [Int: [LookedAt]]

  private enum CodingKeys: CodingKey { case grid, partNames, images }

  /// Runs the model on the test images of `dataset`. Throws `noPeaks` if the model looks at none, errors of the
  /// annotations, and what `eachTestPass` throws.
  public init(
    of model: TrainedModel, on dataset: Dataset, shouldStop: @escaping () -> Bool = { false },
    report: (_ done: Int) -> Void = { _ in }
  ) throws {
    let s3n = try model.lookingNetwork()
    let dataset = try dataset.annotated()
    var images: [LookedAt] = []
    try model.eachTestPass(over: dataset, shouldStop: shouldStop) { pass in
      let features = s3n.backbone.evaluate(pass.batch.images)
      let sampling = s3n.sampling(features, pass.context)
      for (index, sample) in pass.batch.samples.enumerated() {
        guard let annotation = pass.batch.annotations[index] else { continue }
        images.append(LookedAt(sample: sample, annotation: annotation, peaks: sampling.peakSets(of: index)))
      }
      report(pass.first + pass.batch.labels.count)
    }
    self.init(
      grid: CellGrid(side: s3n.sampler.gridSide, pixels: model.recipe.size),
      partNames: dataset.annotations?.partNames ?? [], images: images)
  }

  public init(from decoder: any Decoder) throws {
    let values = try decoder.container(keyedBy: CodingKeys.self)
    self.init(
      grid: try values.decode(CellGrid.self, forKey: .grid),
      partNames: try values.decode([String].self, forKey: .partNames),
      images: try values.decode([LookedAt].self, forKey: .images))
  }

  init(grid: CellGrid, partNames: [String], images: [LookedAt]) {
    (self.grid, self.partNames, self.images) = (grid, partNames, images)
    byClass = Dictionary(grouping: images, by: \.sample.label)
  }
}

extension TrainedModel {
  /// Its network, if it looks at peaks; throws `noPeaks` otherwise.
  public func lookingNetwork() throws(ExplanationError) -> S3N {
    guard case .s3n(let network) = network, sampling != .identity else {
      throw .noPeaks(path: path, variant: cell.variant.name)
    }
    return network
  }

  /// Whether it looks at some places more than at others.
  public var looksAtPeaks: Bool { (try? lookingNetwork()) != nil }

  /// The name of its file without folder and extension.
  public var fileStem: String {
    String(path.split(separator: "/").last ?? "").replacing(/\.[^.]*$/, with: "")
  }
}

extension SelectiveSampler.Sampling {
  /// The peaks of an image, and the ones that each branch enlarges.
  func peakSets(of image: Int) -> [PeakSet: [Peak]] {
    var sets = [PeakSet.all: peaks[image]]
    for branch in branches where !branch.gaussians.isEmpty {
      let gaussians = branch.gaussians[image]
      sets[branch.branch == .discriminative ? .discriminative : .complementary] = peaks[image].filter { peak in
        gaussians.contains { $0.row == peak.row && $0.column == peak.column }
      }
    }
    return sets
  }
}
