import ArgumentParser

struct WeightsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "weights",
    abstract: "List and fetch pretrained weights, look into files of weights, and convert them.",
    discussion: """
      Read are .safetensors, and .pth or .pt as torch.save writes them, by PyTorch 1.6 and later (zip) and by earlier \
      ones: state dicts, checkpoints that hold one under "model", "state_dict", "model_ema" and the like, and modules \
      that were saved whole. No code of such a file is executed: what is no tensor is named and left out.
      """,
    subcommands: [
      WeightsListCommand.self, WeightsFetchCommand.self, WeightsInspectCommand.self, WeightsConvertCommand.self,
      WeightsRemoveCommand.self,
    ])
}
