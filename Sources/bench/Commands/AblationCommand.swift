import ArgumentParser
import Datasets
import Experiments

struct AblationCommand: TrainingCommand {
  static let configuration = CommandConfiguration(
    commandName: "ablation",
    abstract: "Train and test variants of S3N side by side; write a table, CSV files and a chart.",
    discussion: """
      Variants:
      \(Variant.all.map { "  \($0.name): \($0.summary)" }.joined(separator: "\n"))

      Recipes:
      \(Recipe.all.map { "  \($0.name): \($0.summary)" }.joined(separator: "\n"))

      Several radii make a sweep: each variant that uses that radius runs once with each value. Runs already in the \
      output folder are skipped, and an interrupted run resumes from its last save: repeat the command with the same \
      --out to finish what is missing, with bit-identical results. Ctrl-C, SIGTERM and SIGHUP save before exiting; a \
      second one exits at once.

      With --launcher each run gets its own process and its own folder, in parallel on this machine or as a task of a \
      Slurm job array. bench collect combines them into one folder, the same as an ablation without --launcher \
      writes. Repeat the command to resume what is missing.

      A run whose loss becomes infinite or NaN has diverged: it has no accuracy and no last-epoch model. The exit code \
      is 3 if all runs diverged, 0 if only some did.
      """)

  @Option(
    help: ArgumentHelp(
      "Variants to run, or all (default: all but baseline-long and s3n-p*, oracle only if images are annotated and "
        + "--exif-rotate is off; with --p, only those; with --radius or --radius-inv, only s3n).", valueName: "list"))
  var variants: CommaList<String>?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("Add s3n with p fixed: 0, 1, 2 stand for s3n-p0, s3n-p1, s3n-p2.", valueName: "list"))
  var p: CommaList<String>?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("Initial radii of the discriminative branch, such as 0.05,0.09,0.15.", valueName: "list"))
  var radius: CommaList<Double>?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("Initial radii of the complementary branch, such as 0.2,0.3,0.4.", valueName: "list"))
  var radiusInv: CommaList<Double>?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "Number of seeds, 1 to \(SeedList.most) (3 means 0, 1, 2), or a list such as 4-7, 1,5 or 0-0.",
      valueName: "seeds"))
  var seeds: SeedList = SeedList([0])

  @Flag(help: "Keep each run's last-epoch model in the folder checkpoints; same as --keep last.")
  var checkpoints = false

  @Option(
    help: ArgumentHelp(
      "Models of each run to keep in the folder checkpoints: last, and best (the epoch with the best top-1 on the test "
        + "images, saved as RUN-best).", valueName: "best,last"))
  var keep: CommaList<KeptModel>?

  @OptionGroup(title: "Setup") var setup: SetupOptions
  @OptionGroup(title: "Data") var dataset: DatasetOptions
  @OptionGroup(title: "Training") var recipe: RecipeOptions
  @OptionGroup(title: "Output") var output: RunOptions
  @OptionGroup(title: "Launcher") var launching: LauncherOptions

  func run() throws {
    let isRun = !setup.printConfig && !setup.dryRun
    if let launcher = try launching.checkedLauncher(
      besideServer: output.serving.port != nil, besideEvents: output.tensorboard), isRun
    {
      guard Ranks.all.count == 1 else {
        throw ExperimentError.invalidValue(
          option: "--launcher", value: "",
          expected: "no mpirun around it: each starts several processes in its own way")
      }
      return try Launch(self, by: launcher)()
    }
    try ExperimentRun(command: self)()
  }

  var kept: Set<KeptModel> { Set(keep?.values ?? []).union(checkpoints ? [.last] : []) }

  func plan(_ dataset: String, _ recipe: Recipe) throws -> AblationPlan {
    try AblationPlan(
      dataset: dataset, recipe: recipe, variants: selectedVariants(on: dataset), radii: radius?.values ?? [],
      inverseRadii: radiusInv?.values ?? [], seeds: seeds.seeds)
  }

  private func selectedVariants(on dataset: String) throws -> [Variant] {
    // Annotations refer to the images as they are stored.
    let isAnnotated = try Dataset.entry(named: dataset).isAnnotated && !self.dataset.exifRotate
    guard variants != nil || p != nil else {
      return radius != nil || radiusInv != nil ? [.s3n] : Variant.standard(isAnnotated: isAnnotated)
    }
    if variants?.values == ["all"] { return Variant.all.filter { isAnnotated || !$0.needsAnnotations } }
    let named = try variants?.values.map { name throws in try Variant.named(name) } ?? []
    let fixed = try p?.values.map { p throws in try Variant.s3n(p: p) } ?? []
    return named + fixed
  }
}
