import ArgumentParser
import Experiments
import Files
import Models
import WeightFiles

struct WeightsConvertCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "convert",
    abstract: "Convert a weight file to another format, keeping each tensor's type.",
    discussion: """
      The extension of OUT sets the format: .safetensors, or .pth or .pt for the zip files of PyTorch 1.6 and later. \
      Name prefixes of wrappers such as DataParallel, torch.compile or Lightning are removed. Anything that is not a \
      tensor of the state dict is named and left out.
      """)

  @Argument(help: ArgumentHelp("File to read.", valueName: "in"))
  var input: String

  @Argument(help: ArgumentHelp("File to write.", valueName: "out"))
  var output: String

  @OptionGroup var entry: EntryOption

  @Flag(help: "Leave out the released code's \"map_origin\", which duplicates the raw classifier.")
  var dropDuplicates = false

  @Option(
    help: ArgumentHelp("Keep only tensors with this prefix, such as features. for a backbone.", valueName: "prefix")
  )
  var only: String?

  func validate() throws {
    guard output.isEmpty || writtenWeightExtensions.contains(where: output.hasSuffix) else {
      throw ValidationError("\(output): expected a name that ends in .safetensors, .pth or .pt, which sets the format.")
    }
  }

  func run() throws {
    _ = try outputFile(output, option: "out", apartFrom: [input])
    let file = try WeightFile(reading: input, entry: entry.entry)
    let dict = try file.networkState(ignoring: dropDuplicates ? [releasedDuplicate] : [])
    let tensors = dict.tensors.filter { tensor in only.map(tensor.name.hasPrefix) ?? true }
    guard !tensors.isEmpty || only == nil else {
      throw ValidationError("\(input) has no tensor whose name begins with \(only ?? ""): see bench weights inspect.")
    }
    let flaws = try tensors.compactMap { tensor throws in try tensor.flaw() }
    if !flaws.isEmpty { warn("\(input) cannot give finite results: \(flaws.summary)") }
    // The metadata describes the whole network, not a part of it.
    try writeWeights(tensors, metadata: only == nil ? file.metadata : [:], to: output)
    let facts = only == nil && !output.hasSuffix(".safetensors") ? file.metadata.keys.filter { $0 != "format" } : []
    if !facts.isEmpty {
      complain(
        "Left out: the metadata (\(facts.sorted().map { printable($0) }.joined(separator: ", "))), which only .safetensors "
          + "files keep. What bench evaluate and predict know from it has to be given as options.")
    }
    for left in dict.leftOut { complain("Left out \(printable(left.name)): \(printable(left.reason))") }
    let bytes = tensors.reduce(0) { $0 + $1.byteCount }
    print("Wrote \(output): \(tensors.count) tensors\(dict.origin), \(bytes) bytes of elements")
  }
}
