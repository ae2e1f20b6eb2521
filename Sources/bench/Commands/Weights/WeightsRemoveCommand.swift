import ArgumentParser
import DatasetStore

struct WeightsRemoveCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "remove", abstract: "Remove weights, and what is noted of them, from the store.")

  @Argument(help: "The weights' name, such as resnet50.") var name: String
  @Flag(help: "Do not ask.") var yes = false
  @OptionGroup var options: StoreOptions

  func run() throws {
    try remove(options.store().lock.item(.weights, name), options, isConsentGiven: yes)
  }
}
