import ArgumentParser
import Experiments
import Files
import Models
import WeightFiles

struct WeightsConvertCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "convert",
    abstract: "Write a file of weights in another format, every tensor in its own type.",
    discussion: """
      The ending of OUT tells the format: .safetensors, or .pth or .pt for the zip files of PyTorch 1.6 and later. What \
      wrappers such as DataParallel, torch.compile or Lightning put before the names is taken off. What is no tensor of the \
      state dict is left out and named.
      """)

  @Argument(help: ArgumentHelp("The file to read.", valueName: "in"))
  var input: String

  @Argument(help: ArgumentHelp("The file to write.", valueName: "out"))
  var output: String

  @OptionGroup var entry: EntryOption

  @Flag(help: "Leave out \"map_origin\" of the released code, which repeats the raw classifier.")
  var dropDuplicates = false

  @Option(
    help: ArgumentHelp("Take only tensors whose names begin so, such as features. for a backbone.", valueName: "prefix")
  )
  var only: String?

  func run() throws {
    try requireOther(file: output, than: input, option: "out")
    let file = try WeightFile(reading: input, entry: entry.entry)
    let dict = try file.networkState(ignoring: dropDuplicates ? [releasedDuplicate] : [])
    let tensors = dict.tensors.filter { tensor in only.map(tensor.name.hasPrefix) ?? true }
    guard !tensors.isEmpty || only == nil else {
      throw ValidationError("\(input) has no tensor whose name begins with \(only ?? ""): see bench weights inspect.")
    }
    let flaws = try tensors.compactMap { tensor throws in try tensor.flaw() }
    if !flaws.isEmpty { warn("\(input) can give no finite results: \(flaws.summary)") }
    // What a whole network says about itself is not true of a part.
    try writeWeights(tensors, metadata: only == nil ? file.metadata : [:], to: output)
    for left in dict.leftOut { complain("Left out \(printable(left.name)): \(printable(left.reason))") }
    let bytes = tensors.reduce(0) { $0 + $1.byteCount }
    print("Wrote \(output): \(tensors.count) tensors\(dict.origin), \(bytes) bytes of elements")
  }
}
