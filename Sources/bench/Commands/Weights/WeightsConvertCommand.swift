import ArgumentParser
import Experiments
import WeightFiles

struct WeightsConvertCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "convert",
    abstract: "Write a file of weights in another format, every tensor in its own type.",
    discussion: """
      The ending of OUT tells the format: .safetensors, or .pth or .pt for the zip files of PyTorch 1.6 and later. The \
      "module." of DataParallel is taken off the names. What is no tensor of the state dict is left out and named.
      """)

  @Argument(help: ArgumentHelp("The file to read.", valueName: "in"))
  var input: String

  @Argument(help: ArgumentHelp("The file to write.", valueName: "out"))
  var output: String

  @Flag(help: "Leave out \"map_origin\" of the released code, which repeats the raw classifier.")
  var dropDuplicates = false

  func run() throws {
    let dict = try convertWeights(input, to: output, ignoring: dropDuplicates ? [releasedDuplicate] : [])
    for left in dict.leftOut { complain("Left out \(left.name): \(left.reason)") }
    if let prefix = dict.removedPrefix { complain("Took \"\(prefix)\" off every name") }
    let bytes = dict.tensors.reduce(0) { $0 + $1.byteCount }
    print("Wrote \(output): \(dict.tensors.count) tensors, \(bytes) bytes of elements")
  }
}
