/// A key of the released code's configurations, and what it means here.
struct ReleasedKey: Sendable {
  enum Meaning: Sendable {
    /// An option of ours; the function converts the key's values to the option's, or returns nil for a wrong type.
    case option(String, value: @Sendable ([String]) -> String?)
    /// Cannot be set here; with the built-in values.
    case builtIn([String])
    /// The folder of the images, whose name tells the dataset.
    case data
    /// The network, which is a variant here.
    case model
    /// The epochs and the learning rate's step, which are meaningful only together.
    case schedule
    /// Has no counterpart, for this reason.
    case unused(String)
  }

  let path: String
  let meaning: Meaning

  @Sendable private static func one(_ values: [String]) -> String? { values.count == 1 ? values[0] : nil }
  @Sendable private static func side(_ values: [String]) -> String? {
    values.count == 2 && values[0] == values[1] ? values[0] : one(values)
  }
  @Sendable private static func range(_ values: [String]) -> String? {
    values.count == 2 ? "\(values[0])-\(values[1])" : nil
  }

  static let all: [ReleasedKey] = [
    .init(path: "_name", meaning: .builtIn(["network_trainer"])),
    .init(path: "data_loaders._name", meaning: .builtIn(["fetch_data"])),
    .init(path: "data_loaders.dataset._name", meaning: .builtIn(["fgvc_dataset"])),
    .init(path: "data_loaders.dataset.data_dir", meaning: .data),
    .init(path: "data_loaders.batch_size", meaning: .option("batch", value: one)),
    .init(path: "data_loaders.num_workers", meaning: .unused("half as many threads load images as train")),
    .init(path: "data_loaders.transform._name", meaning: .builtIn(["image_transform"])),
    .init(path: "data_loaders.transform.image_size", meaning: .option("size", value: side)),
    .init(path: "data_loaders.transform.mean", meaning: .builtIn(["0.485", "0.456", "0.406"])),
    .init(path: "data_loaders.transform.std", meaning: .builtIn(["0.229", "0.224", "0.225"])),
    .init(path: "data_loaders.train_augmentation.horizontal_flip", meaning: .builtIn(["0.5"])),
    .init(path: "data_loaders.train_augmentation.random_crop.scale", meaning: .option("crop-scale", value: range)),
    .init(path: "data_loaders.test_augmentation.center_crop", meaning: .unused("a centre crop of --size is taken")),
    .init(path: "data_loaders.test_image_size", meaning: .option("test-resize", value: side)),
    .init(path: "data_loaders.train_splits", meaning: .builtIn(["train"])),
    .init(path: "data_loaders.test_splits", meaning: .builtIn(["test"])),
    .init(path: "log_path", meaning: .unused("--out names the output folder")),
    .init(path: "model._name", meaning: .model),
    .init(path: "model.mode", meaning: .option("backbone", value: one)),
    .init(path: "model.num_classes", meaning: .unused("classes are counted in the dataset")),
    .init(path: "model.radius", meaning: .option("radius", value: one)),
    .init(path: "model.radius_inv", meaning: .option("radius-inv", value: one)),
    .init(path: "criterion._name", meaning: .unused("the variant says which losses there are")),
    .init(path: "criterion.smooth_ratio", meaning: .option("label-share", value: one)),
    .init(path: "optimizer._name", meaning: .builtIn(["sgd_optimizer"])),
    .init(path: "optimizer.lr", meaning: .unused("every group has its own rate")),
    .init(path: "optimizer.momentum", meaning: .option("momentum", value: one)),
    .init(path: "optimizer.weight_decay", meaning: .option("weight-decay", value: one)),
    .init(path: "parameter._name", meaning: .builtIn(["finetune"])),
    .init(path: "parameter.base_lr", meaning: .option("lr", value: one)),
    .init(path: "parameter.groups.classifier", meaning: .builtIn(["10"])),
    .init(path: "parameter.groups.radius", meaning: .builtIn(["0.0001"])),
    .init(path: "parameter.groups.filter", meaning: .builtIn(["0.0001"])),
    .init(path: "meters.top1._name", meaning: .unused("accuracies are exact shares of all images")),
    .init(path: "meters.top1.k", meaning: .unused("top-1 and top-5 are both written")),
    .init(path: "meters.top1.init_num", meaning: .unused("accuracies are exact shares of all images")),
    .init(path: "meters.loss._name", meaning: .unused("losses are means over all images")),
    .init(path: "max_epoch", meaning: .schedule),
    .init(path: "device", meaning: .unused("the engine runs on the CPU")),
    .init(
      path: "use_data_parallel", meaning: .unused("--bn-batch says how many images share statistics: 8, as on two GPUs")
    ),
    .init(path: "hooks.on_start_epoch.update_lr._name", meaning: .builtIn(["update_lr"])),
    .init(path: "hooks.on_start_epoch.update_lr.epoch_step", meaning: .schedule),
    .init(path: "hooks.on_start_epoch.update_lr.epoch_list", meaning: .schedule),
    .init(path: "hooks.on_start_forward.three_stage._name", meaning: .builtIn(["three_stage"])),
    .init(path: "hooks.on_end_epoch.print_state._name", meaning: .unused("epochs.csv has every metric")),
    .init(path: "hooks.on_end_epoch.print_state.formats", meaning: .unused("epochs.csv has every metric")),
    .init(path: "hooks.on_end_epoch.checkpoint._name", meaning: .unused("--checkpoints keeps models")),
    .init(path: "hooks.on_end_epoch.checkpoint.save_dir", meaning: .unused("models are in the output folder")),
    .init(path: "hooks.on_end_epoch.checkpoint.save_step", meaning: .unused("--checkpoints keeps models")),
  ]

  /// Returns the dataset whose files are in a folder of this name, or nil if the name does not tell.
  static func dataset(ofFolder folder: String) -> String? {
    let name = folder.split(separator: "/").last?.lowercased() ?? ""
    return ["cub", "aircraft", "cars"].first(where: name.contains)
  }

  static func variant(ofModel name: String) -> String? { ["s3n": "s3n", "ft_resnet": "baseline"][name] }
}
