import ArgumentParser

struct WeightsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "weights",
    abstract: "Look into files of weights, and convert them.",
    discussion: """
      Read are .safetensors, and .pth or .pt as torch.save writes them, by PyTorch 1.6 and later (zip) and by earlier \
      ones: state dicts, and checkpoints that hold one under "model". No code of such a file is executed.
      """,
    subcommands: [WeightsInspectCommand.self, WeightsConvertCommand.self])
}
