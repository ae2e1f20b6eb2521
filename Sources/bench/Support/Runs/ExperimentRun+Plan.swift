import Experiments
import Files
import Foundation
import Planning
import Records

extension ExperimentRun {
  /// Prints what the command's runs would take, from some real steps of each network; writes only a chart of nodes.
  func showPlan(asJSON: Bool = false, on nodes: NodeOptions? = nil) throws {
    let folder = try nodes?.nodesChart.map { try outputFolder($0, option: "--nodes-chart") }
    if let folder { try makeFolder(folder.givenPath, failingAs: RecordsError.self) }
    var (ablation, _) = try prepared()
    let signals = StopSignals()
    ablation.shouldStop = { signals.isStopWanted }
    let calibration = try Calibration(of: ablation, goOn: Watch("Timing steps").goOn)
    var plan = RunPlan(of: ablation, by: calibration)
    let clusters = nodes?.clusters ?? []
    if !clusters.isEmpty { plan.nodes = try NodePlan.plans(of: ablation, plan, on: clusters) }
    print(asJSON ? try jsonText(plan) + "\n" : plan.text, terminator: "")
    guard let folder else { return }
    try CSVTable.write(plan.nodes.flatMap(\.rows), to: folder.appendingPathComponent("node-scaling.csv"))
    try PerformanceCharts(folder: folder).draw()
  }
}
