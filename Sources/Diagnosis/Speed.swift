import Datasets
import Experiments
import Performance
import Planning
import Records

/// The machine's limits, and the speed of training on it.
struct Speed {
  var roofline: Roofline
  var calibration: Calibration

  /// Measures the roofline, and times steps of the recipe quick on the embedded dataset.
  static func measure(goOn: (_ done: Int, _ count: Int) -> Bool) throws -> Speed {
    let roofline = Roofline.measure(rounds: 3)
    let plan = try AblationPlan(dataset: "birdlets", recipe: .quick, variants: [.baseline, .s3n])
    let ablation = try Ablation(plan, on: Dataset.open("birdlets", classes: ClassSelection("1-2")))
    return Speed(roofline: roofline, calibration: try Calibration(of: ablation, secondsPerShape: 1, goOn: goOn))
  }

  var check: Check {
    let limits =
      "\(oneDecimal(1e-9 * roofline.peakArithmetic)) GFLOP/s and \(oneDecimal(1e-9 * roofline.peakBandwidth)) GB/s at most"
    let text = "\(limits); birdlets by the recipe quick: \(calibration.ratesText(batch: Recipe.quick.batch))"
    let loads = [roofline.load, calibration.load].compactMap { $0 }
    guard let most = loads.filter(\.isBusy).map(\.cpus).max() else { return .ok("speed", text) }
    return .warning(
      "speed", text, "Other programs used \(oneDecimal(most)) CPUs meanwhile: measure again when the machine is idle.")
  }
}
