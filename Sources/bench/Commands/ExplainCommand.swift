import ArgumentParser
import Datasets
import Experiments
import Explanations
import Figures
import Files
import Foundation
import Models
import Records

struct ExplainCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "explain",
    abstract: "Show stage by stage how a trained S3N sees images: responses, peaks, attention, grids, answers.",
    discussion: """
      Writes peaks.csv, a picture of each image and a sheet of all, as .svg and .png: input with box and parts, class \
      response map, response with peaks, attention and sampling grid of both branches, the images that they see, \
      Grad-CAM on the raw head, and the five most probable classes of each head.

      The images are your own files (--image) or the dataset's test images (--test), chosen by a rule that is printed \
      under the sheet: random; worst, misclassified with the lowest probability of their class; rescued, which the \
      baseline of the same seed gets wrong and the model right; spoilt, the other way round; confused, from the most \
      frequently confused pairs of classes.
      """)

  @OptionGroup(title: "Model") var model: ModelOptions

  @Option(parsing: .upToNextOption, help: ArgumentHelp("Image files to explain: JPEG, PNG or WebP.", valueName: "file"))
  var image: [String] = []

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("Number of test images, 1 to \(ExplainCommand.mostImages).", valueName: "count"))
  var test: Int?

  @Option(help: "Rule for choosing test images.")
  var by = ImageChoice.random

  @Option(
    help: ArgumentHelp(
      "Baseline for rescued and spoilt (default: baseline-seedN.safetensors next to the checkpoint).",
      valueName: "file"))
  var baseline: String?

  @Flag(
    help: """
      Also judge the maps by deletion and insertion (RISE): curves.csv and the chart mean-curves. Runs the model eight \
      times per pixel row of the image.
      """)
  var curves = false

  @Option(help: ArgumentHelp("Folder for the pictures.", valueName: "dir"))
  var out: String

  @OptionGroup(title: "Data") var dataset: DatasetOptions
  @OptionGroup var threads: ThreadOptions

  /// A sheet of more images is too large to be displayed.
  private static let mostImages = 40

  func validate() throws {
    if image.isEmpty == (test == nil) { throw ValidationError("choose images: either --image FILE... or --test N.") }
    let count = test ?? image.count
    guard (1...Self.mostImages).contains(count) else {
      throw ValidationError("\(count) images do not make a sheet: ask for 1 to \(Self.mostImages).")
    }
    if !image.isEmpty, by != .random || baseline != nil {
      throw ValidationError("--by and --baseline choose test images: use them with --test N, not with --image.")
    }
    if !image.isEmpty, let option = dataset.given.first {
      throw ValidationError("\(option) is about a dataset's test images: use it with --test N, not with --image.")
    }
    if baseline != nil, !by.needsBaseline { throw ValidationError("--baseline is for --by rescued and --by spoilt.") }
  }

  func run() throws {
    try threads.apply()
    let model = try model.read()
    let network = try model.lookingNetwork()
    let folder = try outputFolder(out)
    try makeFolder(folder.givenPath, failingAs: RecordsError.self)
    let peaksFile = folder.appendingPathComponent("peaks.csv")
    try requireWritable(peaksFile)
    let signals = StopSignals()
    let (images, rule) = try chosen(model, signals)
    let count = WorkCount("Explaining")
    let explanations = try Explanation.all(
      of: model, on: images, isLabelled: image.isEmpty, shouldStop: { signals.isStopWanted }
    ) {
      count.show($0, of: images.test.count)
    }
    try CSVTable.write(explanations.flatMap(\.peakRows), to: peaksFile)
    print("Peaks: \(peaksFile.relativePath)")
    // If pictures cannot be drawn, the curves are still computed.
    var failure: (any Error)?
    do { try draw(explanations, of: model, images, rule, into: folder) } catch { failure = error }
    if curves { try judge(explanations, of: model, network, images, into: folder, signals) }
    if let failure { throw failure }
  }

  /// Judges the maps by deletion and insertion.
  private func judge(
    _ explanations: [Explanation], of model: TrainedModel, _ network: S3N, _ images: Dataset, into folder: URL,
    _ signals: StopSignals
  ) throws {
    let curvesFile = folder.appendingPathComponent("curves.csv")
    let workSoFar = try WorkSoFar(before: curvesFile)
    let subject = try model.subject(on: images)
    let judging = WorkCount("Deleting and inserting")
    let rows = try explanations.enumerated().flatMap { index, explanation in
      judging.show(index, of: explanations.count)
      let id = explanation.sample.id
      let contents = image.isEmpty ? "" : try checksum(of: URL(fileURLWithPath: id))
      return try workSoFar.found(about: subject + [id, contents]) {
        if signals.isStopWanted { throw ExperimentError.interrupted }
        return explanation.curveRows(network)
      }
    }
    print(CurveTable.text(rows), terminator: "")
    try CSVTable.write(rows, to: curvesFile)
    workSoFar.remove()
    print("Curves: \(curvesFile.relativePath)")
    let title = "\(model.fileStem), \(counted(explanations.count, "image")), \(model.title)"
    let chart = try CausalCurves(of: rows, subject: title).render(to: folder)
    print("Picture: \(chart.svg.relativePath), \(chart.png.lastPathComponent)")
  }

  /// Draws each image separately, then the sheet of all.
  private func draw(
    _ explanations: [Explanation], of model: TrainedModel, _ images: Dataset, _ rule: String, into folder: URL
  ) throws {
    let title = "What \(model.fileStem) sees" + (image.isEmpty ? " on \(images.name)" : "")
    func draw(_ explanations: [Explanation], name: String, _ rule: String) throws {
      let sheet = ExplanationSheet(explanations, classNames: images.classNames)
      let figure = try sheet.figure(name: name, title: title, subtitle: model.title, rule: rule)
      let files = try figure.render(to: folder)
      print("Picture: \(files.svg.relativePath), \(files.png.lastPathComponent)")
    }
    let single = explanations.enumerated().map { (explanations: [$1], name: $1.fileName($0 + 1), rule: "") }
    try eachOf(single + [(explanations, "sheet", rule)]) { try draw($0.explanations, name: $0.name, $0.rule) }
  }

  // MARK: The images

  /// Returns the images to explain, as a dataset's test images, and the rule that chose them.
  private func chosen(_ model: TrainedModel, _ signals: StopSignals) throws -> (Dataset, rule: String) {
    guard let test else { return (try files(for: model), "") }
    let whole = try dataset.open(for: model).annotatedIfPossible()
    let baseline = by.needsBaseline ? try readBaseline(of: model) : nil
    let found: [Sample]
    if by == .random {
      found = ImageChoice.random(whole.test)
    } else {
      let answers = try [model, baseline].map { try $0?.evaluate(on: whole, shouldStop: { signals.isStopWanted }) }
      guard let own = answers[0] else { preconditionFailure("the model was evaluated") }
      found = by.images(own, baseline: answers[1])
    }
    guard !found.isEmpty else { throw ExplanationError.noImages(rule: by.rawValue) }
    let shown = Array(found.prefix(test))
    let rule = by.words(
      shown: shown.count, of: found.count, model: model.fileStem, baseline: baseline?.fileStem)
    return (whole.testing(on: shown), rule)
  }

  private func readBaseline(of model: TrainedModel) throws -> TrainedModel {
    let beside = parentFolder(of: model.path) + "/baseline-seed\(model.cell.seed).safetensors"
    guard let path = baseline ?? (isAccessible(beside, F_OK) ? beside : nil) else {
      throw ExplanationError.noBaseline(expected: beside)
    }
    return try TrainedModel(reading: path)
  }

  /// Returns the named files, each read once before any is explained.
  private func files(for model: TrainedModel) throws -> Dataset {
    let samples = image.enumerated().map { Sample(id: $1, label: 0, number: $0 + 1) }
    let images = Dataset(
      name: "images", classNames: model.classNames ?? (0..<model.classes).map { "class \($0)" }, train: [],
      test: samples, images: model.imageFiles)
    for sample in samples { try images.images.verify(sample, using: ImageDecoder()) }
    return images
  }
}

extension ImageChoice: ExpressibleByArgument {}
