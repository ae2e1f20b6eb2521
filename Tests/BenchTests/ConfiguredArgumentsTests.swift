import ArgumentParser
import Configuration
import Experiments
import Foundation
import TestSupport
import Testing

@testable import bench

@Suite struct ConfiguredArgumentsTests {
  private let folder: TemporaryFolder
  init() throws { folder = try TemporaryFolder() }

  private func file(_ text: String) throws -> String {
    let path = folder.url.appendingPathComponent("\(UUID().uuidString).yml").path
    try Data(text.utf8).write(to: URL(fileURLWithPath: path))
    return path
  }

  private func command(_ arguments: [String]) throws -> AblationCommand {
    try #require(try Bench.parseAsRoot(ConfiguredArguments(arguments).arguments) as? AblationCommand)
  }

  @Test func theCommandLineWinsOverTheFile() throws {
    let path = try file(
      "epochs: 3\nsize: 64\nseeds: [4]\nvariants: [s3n, baseline]\ncheckpoints: true\nskip-broken: false\n")
    for place in [["--config", path, "--epochs", "5"], ["--epochs", "5", "--config=\(path)"]] {
      let command = try command(["ablation"] + place)
      #expect(command.recipe.epochs == 5 && command.recipe.size == 64 && command.seeds.seeds == [4])
      #expect(command.variants?.values == ["s3n", "baseline"] && command.checkpoints && !command.dataset.skipBroken)
    }
    #expect(try command(["ablation", "--config", path, "--seeds", "2"]).seeds.seeds == [0, 1])
  }

  @Test func withoutAFileNothingChanges() throws {
    for typed in [[], ["data", "list", "--config", "x"], ["ablation"], ["ablation", "--config"], ["--help"]] {
      #expect(try ConfiguredArguments(typed).arguments == typed)
    }
  }

  @Test(arguments: [
    ("epochs: many", ":1: \"epochs\": "), ("dataset: cub\nepochs: 1.5", ":2: \"epochs\": "),
    ("size: [1, 2]", ":1: \"size\": "), ("seeds: -1", ":1: \"seeds\": "),
    ("variant: s3n", "did you mean \"variants\"?"),
    ("config: a.yml", "no key \"config\""), ("help: true", "no key \"help\""),
  ])
  func whatTheCommandRefusesIsNamedWithItsPlace(text: String, message: String) throws {
    let path = try file(text)
    #expect { try ConfiguredArguments(["ablation", "--config", path]) } throws: { error in
      error is ConfigError && "\(error)".contains(message) && "\(error)".contains(path)
    }
  }

  @Test(arguments: [
    (["ablation"], "serve-host: 0.0.0.0\nserve: 8642"), (["ablation", "--serve"], "serve-host: 0.0.0.0"),
    (["ablation", "--serve-host", "0.0.0.0"], "serve: 0"),
    (["plan"], "link: [10Gbit, 100Gbit]\nlatency: 50\nnode-speed: 2\nnodes-chart: charts\nnodes: 4"),
  ])
  func optionsThatGoTogetherMayStandInAnyOrderAndPlace(typed: [String], text: String) throws {
    let arguments = try ConfiguredArguments(typed + ["--config", file(text)]).arguments
    #expect(throws: Never.self) { try Bench.parseAsRoot(arguments) }
  }

  @Test(arguments: [
    (["ablation"], "epochs: 3\nserve-host: 0.0.0.0", ":2: \"serve-host\": --serve-host needs --serve"),
    (["ablation"], "serve-host: 0.0.0.0\nserve: 0\nepochs: many\nsize: big", ":3: \"epochs\""),
    (["ablation", "--epochs", "5"], "size: 64\nepochs: many", ":2: \"epochs\""),
    (["plan"], "link: 10Gbit\nepochs: 2\nnodes: 0", ":3: \"nodes\": --nodes 0: expected a number"),
    (["plan"], "latency: 5\nlink: 10Gbit", ":1: \"latency\": --link, --latency"),
  ])
  func ofOptionsThatDoNotGoTogetherTheOneToBlameIsNamed(typed: [String], text: String, message: String) throws {
    let path = try file(text)
    #expect { try ConfiguredArguments(typed + ["--config", path]) } throws: { error in
      error is ConfigError && "\(error)".contains(path + message)
    }
  }

  @Test(arguments: [["--epochs", "many"], ["--serve", "--epochs", "many"], ["--nothing"]])
  func whatWasTypedIsLeftToTheParser(typed: [String]) throws {
    let path = try file("serve-host: 0.0.0.0\nserve: 0\nsize: 64\n")
    let arguments = try ConfiguredArguments(["ablation", "--config", path] + typed).arguments
    #expect(throws: (any Error).self) { try Bench.parseAsRoot(arguments) }
  }

  @Test func everyOptionOfAnAblationMayStandInAFile() {
    let schema = ConfigSchema(of: AblationCommand.self)
    for name in [
      "dataset", "data", "classes", "variants", "p", "radius", "radius-inv", "seeds", "recipe", "lr", "weights",
      "held-out", "out", "threads", "cache-images",
    ] { #expect(schema.options.contains(name)) }
    for name in ["checkpoints", "skip-broken", "no-pin", "yes"] { #expect(schema.flags.contains(name)) }
    // `bench plan` reads the same file; only it has options for hypothetical nodes.
    let plan = ConfigSchema(of: PlanCommand.self).options
    #expect(plan.isSuperset(of: schema.options))
    #expect(plan.subtracting(schema.options) == ["nodes", "link", "latency", "node-speed", "nodes-chart"])
  }

  @Test func theReleasedConfigurationIsTheRecipePaper() throws {
    let path = try file(
      """
      _name: network_trainer
      data_loaders: {batch_size: 16, test_image_size: 600, transform: {image_size: [448, 448]},
        train_augmentation: {random_crop: {scale: [0.5, 1]}}, dataset: {data_dir: ./datasets/CUB_200_2011}}
      model: {_name: s3n.s3n, mode: resnet50, radius: 0.09, radius_inv: 0.3}
      criterion: {smooth_ratio: 0.85}
      optimizer: {momentum: 0.9, weight_decay: 1.0e-4}
      parameter: {base_lr: 0.001}
      max_epoch: 60
      device: cuda
      hooks: {on_start_epoch: [{_name: s3n.update_lr, epoch_step: 40}]}
      """)
    let configured = try ConfiguredArguments(["ablation", "--config", path])
    #expect(configured.note?.contains("device (the engine runs on the CPU)") == true)
    let (dataset, recipe) = try ExperimentRun(command: try command(["ablation", "--config", path])).recipe()
    #expect(dataset.name == "cub" && recipe == .paper)
  }
}

@Suite struct ResolvedConfigTests {
  private func plan(_ arguments: [String]) throws -> (Recipe, AblationPlan) {
    let command = try #require(try Bench.parseAsRoot(arguments) as? any TrainingCommand)
    let (dataset, recipe) = try ExperimentRun(command: command).recipe()
    return (recipe, try command.plan(dataset.name, recipe))
  }

  @Test(arguments: [
    "ablation", "ablation --p 0,2 --seeds 3", "ablation --radius 0.05,0.1 --seeds 4-5", "ablation --recipe paper",
    "ablation --size=64 --epochs 2 --variants baseline,s3n --threads 1 --out x --checkpoints",
    "ablation --dataset cub --data d --classes 1-20 --lr 0.01 --lr-step 3 --bn-batch 4 --weights none --held-out 5",
    "train --variant identity --seed 7 --crop-scale 0.3-0.9 --test-resize 100 --backbone resnet18",
  ])
  func theFileAsksForTheSameRuns(line: String) throws {
    let arguments = line.split(separator: " ").map(String.init)
    let folder = try TemporaryFolder()
    let resolved = try ResolvedConfig(of: arguments)
    let path = folder.url.appendingPathComponent("config.yml").path
    try Data(resolved.text.utf8).write(to: URL(fileURLWithPath: path))
    let again = try ConfiguredArguments([arguments[0], "--config", path]).arguments
    let (recipe, plan) = try plan(arguments)
    let (recipeAgain, planAgain) = try self.plan(again)
    #expect(recipeAgain == recipe && planAgain.cells.map(\.key) == plan.cells.map(\.key), "\(resolved.text)")
    // The output folder is not part of the results.
    #expect(!resolved.entries.contains { $0.key == "out" })
    #expect(try ResolvedConfig(of: again).text == resolved.text)
  }

  @Test func defaultsAndTheRecipesValuesAreSaid() throws {
    let text = try ResolvedConfig(of: ["ablation", "--variants", "s3n"]).text
    for line in ["dataset: birdlets", "recipe: quick", "variants: [s3n]", "seeds: [0]", "batch: 16", "epochs: 12"] {
      #expect(text.split(separator: "\n").contains { $0 == line }, "\(text)")
    }
    // Options that only watch are not part of it, and an option without a value takes none from the next one.
    let watched = ["ablation", "--serve", "--held-out", "4", "--tensorboard", "there", "--variants", "s3n"]
    let config = try ResolvedConfig(of: watched).text
    #expect(config.contains("\nheld-out: 4\n") && !config.contains("serve") && !config.contains("tensorboard"))
    // A plain ResNet has another learning rate in this recipe, so no single option covers both.
    #expect(!text.contains("\nlr:"))
  }
}
