import Foundation
import TestSupport
import Testing

@testable import Configuration

@Suite struct ReleasedConfigTests {
  private let schema = ConfigSchema(options: ["variants"], flags: [])

  private func read(_ text: String, _ schema: ConfigSchema? = nil) throws -> ConfigFile {
    try withTemporaryFolder { folder in
      let file = folder.appendingPathComponent("released.yml")
      try Data(text.utf8).write(to: file)
      return try ConfigFile(reading: file.path, for: schema ?? self.schema)
    }
  }

  private func options(_ file: ConfigFile) -> [String: String] {
    Dictionary(
      uniqueKeysWithValues: file.entries.map { entry in
        if case .text(let text) = entry.value { (entry.key, text) } else { (entry.key, "?") }
      })
  }

  /// The released code's configuration keys and values, in another order and spelling.
  private let s3n = """
    _name: network_trainer
    data_loaders: {_name: s3n.fetch_data, batch_size: 16, num_workers: 4, test_image_size: 600,
      dataset: {_name: s3n.fgvc_dataset, data_dir: ./datasets/CUB_200_2011},
      transform: {_name: s3n.image_transform, image_size: [448, 448], mean: [0.485, 0.456, 0.406], std: [0.229, 0.224, 0.225]},
      train_augmentation: {horizontal_flip: 0.5, random_crop: {scale: [0.5, 1]}}, train_splits: [train], test_splits: [test]}
    model: {_name: s3n.s3n, mode: resnet50, num_classes: 200, radius: 0.09, radius_inv: 0.3}
    criterion: {_name: s3n.multi_smooth_loss, smooth_ratio: 0.85}
    optimizer: {_name: s3n.sgd_optimizer, lr: 0.01, momentum: 0.9, weight_decay: 1.0e-4}
    parameter: {_name: s3n.finetune, base_lr: 0.001, groups: {classifier: 10.0, radius: 0.0001, filter: 0.0001}}
    max_epoch: 60
    device: cuda
    use_data_parallel: yes
    hooks:
      on_start_epoch: [{_name: s3n.update_lr, epoch_step: 40}]
      on_start_forward: [{_name: s3n.three_stage}]
      on_end_epoch: [{_name: s3n.print_state, formats: ['epoch: {epoch_idx}']}, {_name: s3n.checkpoint, save_step: 1}]
    """

  @Test func keysThatMeanSomethingAreOptionsAndOthersAreNamed() throws {
    let file = try read(s3n)
    #expect(
      options(file) == [
        "recipe": "paper", "dataset": "cub", "data": "./datasets/CUB_200_2011", "variants": "s3n", "batch": "16",
        "size": "448", "test-resize": "600", "crop-scale": "0.5-1", "backbone": "resnet50", "radius": "0.09",
        "radius-inv": "0.3", "label-share": "0.85", "momentum": "0.9", "weight-decay": "1.0e-4", "lr": "0.001",
      ])
    let unused = file.unused.map(\.key)
    for key in ["device", "data_loaders.num_workers", "optimizer.lr", "hooks.on_end_epoch.checkpoint.save_step"] {
      #expect(unused.contains(key))
    }
  }

  @Test func epochsOfAnotherScheduleAreSetAndTheRecipesOwnAreNot() throws {
    let other = options(try read(s3n.replacing("max_epoch: 60", with: "max_epoch: 30")))
    // The rate would fall before the 40th epoch, that is, never; the peaks are split from the 22nd on all the same.
    #expect(other["epochs"] == "30" && other["lr-step"] == "30" && other["p-step"] == "21")
    // The 20th epoch is that of index 19.
    let early = options(try read(s3n.replacing("epoch_step: 40", with: "epoch_list: [20]")))
    #expect(early["epochs"] == "60" && early["lr-step"] == "19" && early["p-step"] == nil)
    let constant = s3n.replacing("on_start_epoch: [{_name: s3n.update_lr, epoch_step: 40}]", with: "")
    #expect(options(try read(constant))["lr-step"] == "60")
    let baseline = """
      _name: network_trainer
      model: {_name: s3n.ft_resnet, mode: resnet50}
      max_epoch: 30
      hooks: {on_start_epoch: [{_name: update_lr, epoch_list: [20,]}]}
      """
    #expect(options(try read(baseline)) == ["recipe": "paper", "variants": "baseline", "backbone": "resnet50"])
    let train = ConfigSchema(options: ["variant"], flags: [])
    #expect(options(try read(baseline, train))["variant"] == "baseline")
  }

  @Test(arguments: [
    ("smooth_ratio", "smooth_ration", "\"criterion.smooth_ration\"; did you mean \"criterion.smooth_ratio\"?"),
    ("horizontal_flip: 0.5", "horizontal_flip: 0.3", "is always 0.5 in this program, but found 0.3"),
    ("image_size: [448, 448]", "image_size: [448, 224]", "data_loaders.transform.image_size"),
    ("epoch_step: 40", "epoch_step: 20", "drops the learning rate 3 times"),
    ("max_epoch: 60", "max_epoch: 120", "drops the learning rate 3 times"),
    ("epoch_step: 40", "epoch_step: 0", "takes whole numbers of epochs"),
    ("s3n.s3n", "s3n.other", "expected"), ("classifier: 10.0", "classifier: 5", "parameter.groups.classifier"),
  ])
  func whatCannotBeKeptIsRefused(key: String, wrong: String, message: String) {
    #expect { try read(s3n.replacing(key, with: wrong)) } throws: {
      "\($0)".contains(message) || (message == "expected" && "\($0)".contains("s3n or ft_resnet"))
    }
  }
}
