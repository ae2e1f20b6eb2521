import ArgumentParser

struct PlanCommand: ConfigurableCommand {
  static let configuration = CommandConfiguration(
    commandName: "plan",
    abstract: "Say what an ablation would take before it runs: runs, images, operations, time and memory.",
    // The parser would say "bench ablation plan", since the arguments are that command's.
    usage: "bench plan <options>",
    discussion: """
      Takes the arguments of bench ablation. Some real steps of each network are timed on the images themselves, loading \
      included, for some seconds, or longer where a step is; then all steps are added up. Drawing tables and charts comes on \
      top. What the released configuration would take: --recipe paper. A plan that would not fit into memory is shown with a \
      warning.

      Operations are those of the definition, a multiply-add being two. Nothing is written without --nodes-chart.

      With --nodes the same is computed for a cluster: how many nodes can share a run, and what the exchange of gradients leaves of \
      their speed.
      """)

  @OptionGroup var ablation: AblationCommand

  @OptionGroup(title: "Nodes") var nodes: NodeOptions

  @Flag(help: "Print the plan as a JSON object.")
  var json = false

  func validate() throws {
    guard !ablation.setup.printConfig else {
      throw ValidationError("--print-config is an option of bench ablation and bench train.")
    }
  }

  func run() throws { try ExperimentRun(command: ablation).showPlan(asJSON: json, on: nodes) }
}
