import ArgumentParser
import DatasetStore

struct WeightsRemoveCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "remove", abstract: "Remove weights, and what is recorded about them, from the store.")

  @Argument(help: "Name of the weights, such as resnet50.") var name: String
  @Flag(help: "Remove without asking.") var yes = false
  @OptionGroup var options: StoreOptions

  func run() throws {
    try remove(options.store().lock.item(.weights, name), options, isConsentGiven: yes)
  }
}
