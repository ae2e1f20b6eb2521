import ArgumentParser
import Datasets
import Explanations
import Figures
import Foundation
import Records

struct CounterfactualsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "counterfactuals",
    abstract: "Repaint birdlets with marks flipped, and measure whether a model's answers follow.",
    discussion: """
      Writes counterfactuals.csv and the chart following-marks. Of the test images that a head classifies correctly, \
      it reports how often the answer changes to the right other class when two marks are flipped, or to a class that \
      has the flipped mark when one is (no two classes differ in only one mark); and how often this happens where the \
      discriminative branch's attention was at the flipped marks, and where it was not.
      """)

  @OptionGroup var models: NamedModels
  @OptionGroup var threads: ThreadOptions

  func run() throws {
    try threads.apply()
    let output = try ExplanationOutput(models.destination(), table: .counterfactuals)
    let named = try models.read(lookingAtPeaks: false) { $0.tellOfHeldOutImages() }
    let signals = StopSignals()
    var rows: [CounterfactualRow] = []
    for named in named {
      let model = try named.read()
      let count = WorkCount(model.fileStem)
      let ofModel = try output.found(about: model.subject()) {
        try Counterfactuals(of: model, shouldStop: { signals.isStopWanted }, report: count.show).rows
      }
      print("\(model.fileStem), \(ofModel[0].head) head")
      print(Counterfactuals.text(ofModel))
      rows += ofModel
    }
    try output.write(rows) { try FollowingMarks(of: $0) }
  }
}
