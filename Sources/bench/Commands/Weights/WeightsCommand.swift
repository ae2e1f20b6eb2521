import ArgumentParser

struct WeightsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "weights",
    abstract: "List and fetch pretrained weights; inspect and convert weight files.",
    discussion: """
      Reads .safetensors, and .pth or .pt as written by torch.save in PyTorch 1.6 and later (zip) or earlier: state \
      dicts, checkpoints that hold one under "model", "state_dict", "model_ema" and the like, and whole modules. No \
      code in such a file is executed: anything that is not a tensor is named and left out.
      """,
    subcommands: [
      WeightsListCommand.self, WeightsFetchCommand.self, WeightsInspectCommand.self, WeightsConvertCommand.self,
      WeightsRemoveCommand.self,
    ])
}
