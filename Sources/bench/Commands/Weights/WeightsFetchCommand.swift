import ArgumentParser
import DatasetStore

struct WeightsFetchCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "fetch",
    abstract: "Fetch pretrained weights into the store, or check those already there.",
    discussion: """
      An interrupted download resumes where it stopped. Afterwards, --weights NAME finds the file. The store is \
      $S3N_DATA, or s3n-bench in the XDG data folder (~/.local/share).
      """)

  @Argument(help: "Name of the weights, such as resnet50.") var name: String
  @OptionGroup var options: StoreOptions
  @OptionGroup var log: LogOptions

  func run() throws {
    let path = try options.working { store in
      let item = try store.lock.item(.weights, name)
      if store.has(item) {
        try store.verifyWeights(item)
        return store.location(of: item)
      }
      try store.requireFetchable(item)
      complain(item.notice)
      return try store.fetchWeights(item, check: weightsCheck)
    }
    print(path)
  }
}
