import Experiments
import Planning

extension ExperimentRun {
  /// Says what the command's runs would take, by some real steps of each network; nothing is written.
  func showPlan(asJSON: Bool = false) throws {
    var (ablation, _) = try prepared()
    let signals = StopSignals()
    ablation.shouldStop = { signals.isStopWanted }
    let calibration = try Calibration(of: ablation, goOn: Watch("Timing steps").goOn)
    let plan = RunPlan(of: ablation, by: calibration)
    print(asJSON ? try jsonText(plan) + "\n" : plan.text, terminator: "")
  }
}
