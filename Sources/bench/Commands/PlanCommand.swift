import ArgumentParser

struct PlanCommand: ConfigurableCommand {
  static let configuration = CommandConfiguration(
    commandName: "plan",
    abstract: "Estimate what an ablation would take: runs, images, operations, time and memory.",
    // The parser would print "bench ablation plan", since the arguments belong to that command.
    usage: "bench plan <options>",
    discussion: """
      Takes the arguments of bench ablation. A few real steps of each network are timed on the actual images, loading \
      included, for some seconds (longer if one step takes longer); then all steps are added up. Drawing tables and \
      charts is not included. For the released configuration, use --recipe paper. A plan that does not fit into \
      memory is shown with a warning.

      Operations are counted by definition, a multiply-add as two. Nothing is written without --nodes-chart.

      With --nodes, also estimate this for a cluster: how many nodes can share a run, and how efficient they remain \
      while exchanging gradients.
      """)

  @OptionGroup var ablation: AblationCommand

  @OptionGroup(title: "Nodes") var nodes: NodeOptions

  @Flag(help: "Print the plan as one JSON object.")
  var json = false

  func validate() throws {
    guard !ablation.setup.printConfig else {
      throw ValidationError("--print-config is an option of bench ablation and bench train.")
    }
  }

  func run() throws { try ExperimentRun(command: ablation).showPlan(asJSON: json, on: nodes) }
}
