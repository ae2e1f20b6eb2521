import Foundation
import Records

/// A figure that can be drawn from output folders; a new one needs its own file and an entry here.
public struct FigureKind: Sendable {
  public let name: String
  /// What it shows, in one line.
  public let summary: String
  /// The files of a folder that it needs.
  public let needs: [RecordsFile]
  /// Whether it shows several folders side by side.
  public let takesSeveral: Bool
  private let make: @Sendable ([FolderRecords]) throws -> any Figure

  private init(
    _ name: String, _ summary: String, from needs: [RecordsFile],
    one make: @escaping @Sendable (FolderRecords) throws -> any Figure
  ) {
    (self.name, self.summary, self.needs, takesSeveral) = (name, summary, needs, false)
    self.make = { try make($0[0]) }
  }

  private init(
    _ name: String, _ summary: String, from needs: [RecordsFile],
    several make: @escaping @Sendable ([FolderRecords]) throws -> any Figure
  ) {
    (self.name, self.summary, self.needs, self.make, takesSeveral) = (name, summary, needs, make, true)
  }

  /// All figures, in reading order.
  public static let all = [
    FigureKind(
      FigureFile.accuracy, "top-1 accuracy of each variant: every seed, mean and interval",
      from: [.runs, .epochs, .recipe],
      several: { folders in
        try VariantAccuracy(
          of: folders.map {
            .init(
              name: $0.name, runs: try $0.runs(), classes: try $0.recipe().dataset.classes.count,
              epochs: try $0.epochsOfEachRun())
          })
      }),
    FigureKind(
      FigureFile.differences, "paired differences from the reference, with intervals and verdicts",
      from: [.runs, .comparisons], one: { try Differences(of: $0.comparisons(), runs: $0.runs()) }),
    FigureKind(
      "training-curves", "loss and top-1 of each head over the epochs, and top-1 of all variants",
      from: [.runs, .epochs, .recipe], one: { try TrainingCurves(of: $0) }),
    FigureKind(
      "peaks-over-training", "peaks and the response there over the epochs, the radii and the filter's change",
      from: [.runs, .epochs, .sampling, .recipe], one: { try PeaksOverTraining(of: $0) }),
    FigureKind(
      "stage-shares", "where a step's time goes, by phase and stage", from: [.runs, .stagesSummary],
      one: { try StageShares(of: $0) }),
    FigureKind(
      "cost", "accuracy against the time of a test image and of training, with the Pareto front",
      from: [.runs, .epochs, .stagesSummary], several: { try Cost(of: $0) }),
    FigureKind(
      "radius-map", "accuracy by radius and radius_inv, of a sweep", from: [.runs],
      one: { try RadiusMap(of: $0.runs()) }),
    FigureKind(
      "peak-policies", "accuracy of each head by peak policy p", from: [.runs],
      one: { try PeakPolicies(of: $0.runs()) }),
    FigureKind(
      "confusion-pairs", "the 20 most frequent confusions of classes, with counts",
      from: [.runs, .recipe, .predictions], one: { try ConfusionPairs(of: $0) }),
    FigureKind(
      "confusion-matrix", "which class is taken for which, up to \(ConfusionMatrix.mostClasses) classes",
      from: [.runs, .recipe, .predictions], one: { try ConfusionMatrix(of: $0) }),
    FigureKind(
      "reliability",
      "accuracy by probability for each head, and the expected calibration error in \(Calibration.binCount) bins",
      from: [.runs, .predictions], one: { try Reliability(of: $0) }),
    FigureKind(
      "where-it-looks", "peaks against boxes and parts, and against places that say nothing", from: [.localisation],
      one: { try WhereItLooks(of: $0.localisation()) }),
    FigureKind(
      "looking-elsewhere", "what accuracy becomes if a model is made to look elsewhere", from: [.interventions],
      one: { try LookingElsewhere(of: $0.interventions()) }),
    FigureKind(
      "following-marks", "whether answers follow the marks that decide, of birdlets painted again",
      from: [.counterfactuals], one: { try FollowingMarks(of: $0.counterfactuals()) }),
  ]

  /// The figure called `name`; throws `unknownFigure`.
  public static func named(_ name: String) throws(FiguresError) -> FigureKind {
    guard let kind = all.first(where: { $0.name == name }) else {
      throw .unknownFigure(name, known: all.map(\.name))
    }
    return kind
  }

  /// Makes the figure from these folders.
  ///
  /// Throws `noData` and `lacksFile` if there is nothing to show, `oneFolderOnly`, `unknownVariant`, and `RecordsError`
  /// if a file cannot be read.
  public func figure(of folders: [FolderRecords]) throws -> any Figure {
    guard takesSeveral || folders.count == 1 else { throw FiguresError.oneFolderOnly(figure: name) }
    for folder in folders {
      if let file = needs.first(where: { !folder.holds($0) }) {
        throw FiguresError.lacksFile(figure: name, file: file.rawValue, folder: folder.folder.relativePath)
      }
    }
    return try make(folders)
  }

  /// The figures that can be made from these folders, in order, and the reasons why the others cannot.
  public static func figures(
    of folders: [FolderRecords]
  ) throws -> (drawn: [(kind: FigureKind, figure: any Figure)], leftOut: [(kind: FigureKind, reason: FiguresError)]) {
    var drawn: [(FigureKind, any Figure)] = []
    var leftOut: [(FigureKind, FiguresError)] = []
    for kind in all {
      do { drawn.append((kind, try kind.figure(of: folders))) } catch let error as FiguresError
        where error.saysWhatIsMissing
      {
        leftOut.append((kind, error))
      }
    }
    return (drawn, leftOut)
  }
}

extension FiguresError {
  /// Whether the folder merely lacks what the figure shows, which is not a fault.
  public var saysWhatIsMissing: Bool {
    switch self {
    case .noData, .lacksFile, .oneFolderOnly: true
    default: false
    }
  }
}
