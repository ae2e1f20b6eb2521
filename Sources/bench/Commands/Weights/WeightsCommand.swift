import ArgumentParser

struct WeightsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "weights",
    abstract: "List and fetch pretrained weights, look into files of weights, and convert them.",
    discussion: """
      Read are .safetensors, and .pth or .pt as torch.save writes them, by PyTorch 1.6 and later (zip) and by earlier \
      ones: state dicts, and checkpoints that hold one under "model". No code of such a file is executed.
      """,
    subcommands: [
      WeightsListCommand.self, WeightsFetchCommand.self, WeightsInspectCommand.self, WeightsConvertCommand.self,
    ])
}
