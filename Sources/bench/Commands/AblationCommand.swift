import ArgumentParser
import Datasets
import Experiments

struct AblationCommand: TrainingCommand {
  static let configuration = CommandConfiguration(
    commandName: "ablation",
    abstract: "Train and test the variants of S3N side by side: a table, CSV files and a chart.",
    discussion: """
      Variants:
      \(Variant.all.map { "  \($0.name): \($0.summary)" }.joined(separator: "\n"))

      Recipes:
      \(Recipe.all.map { "  \($0.name): \($0.summary)" }.joined(separator: "\n"))

      Several radii are a sweep: each variant that has that radius runs with each of them. Runs that the output folder \
      holds already are left out, and one that was interrupted goes on from what it saved last: the same command with the same \
      --out finishes what is missing, to the bit. Ctrl-C, SIGTERM and SIGHUP save before they end the program; a second one \
      ends it at once.

      With --launcher each run is made by a process of its own, into a folder of its own: side by side on this machine, or as \
      the tasks of a job array under Slurm. bench collect makes one folder of them, which is that of an ablation without \
      --launcher. The same command goes on with what is missing.

      A run whose loss becomes infinite or no number has diverged: it has no accuracy and no model after its last epoch. The exit \
      code is 3 if all runs diverged, 0 if only some did.
      """)

  @Option(
    help: ArgumentHelp(
      "The variants, or all (default: all but baseline-long and s3n-p*, oracle where images are annotated, and not turned; "
        + "with --p those; with --radius or --radius-inv s3n).", valueName: "list"))
  var variants: CommaList<String>?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("Add s3n with p fixed: 0, 1, 2 are s3n-p0, s3n-p1, s3n-p2.", valueName: "list"))
  var p: CommaList<String>?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("Starting radii of the discriminative branch, such as 0.05,0.09,0.15.", valueName: "list"))
  var radius: CommaList<Double>?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("Starting radii of the complementary branch, such as 0.2,0.3,0.4.", valueName: "list"))
  var radiusInv: CommaList<Double>?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "How many seeds, 1 to \(SeedList.most) (3: 0, 1, 2), or a list such as 4-7, 1,5 or 0-0.", valueName: "seeds"))
  var seeds: SeedList = SeedList([0])

  @Flag(help: "Keep the model of every run after its last epoch, in the folder checkpoints, as --keep last does.")
  var checkpoints = false

  @Option(
    help: ArgumentHelp(
      "The models of every run to keep in the folder checkpoints: last, and best, that of the epoch with the best top-1 on the "
        + "test images, as RUN-best.", valueName: "best,last"))
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
          expected: "no mpirun around it: each makes runs by several processes in its own way")
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
    // Annotations are of the images as they are stored.
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
