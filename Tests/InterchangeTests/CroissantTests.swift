import DatasetStore
import Foundation
import Records
import Testing

@testable import Interchange

@Suite struct CroissantTests {
  private func object(_ value: JSONValue?) -> [String: JSONValue] {
    if case .object(let object) = value { object } else { [:] }
  }
  private func list(_ value: JSONValue?) -> [JSONValue] { if case .list(let list) = value { list } else { [] } }

  @Test func everyDatasetOfTheLockIsDescribed() throws {
    let items = try Lock.embedded().datasets
    #expect(items.count >= 3)
    for item in items {
      let description = object(try Croissant(of: item).json)
      #expect(description["license"] == .text(item.terms) && description["citeAs"] == .text(item.citation))
      let distribution = list(description["distribution"]).map(object)
      let files = distribution.filter { $0["@type"] == "cr:FileObject" }
      #expect(files.map { $0["sha256"] } == item.files.map { .text($0.sha256 ?? "") })
      #expect(files.map { $0["contentSize"] } == item.files.map { .text("\($0.bytes ?? 0) B") })
      // Images lie in files that exist.
      let sets = distribution.filter { $0["@type"] == "cr:FileSet" }
      #expect(!sets.isEmpty && sets.count == list(description["recordSet"]).count)
      for set in sets { #expect(files.contains { $0["@id"] == object(set["containedIn"])["@id"] }) }
    }
  }

  @Test func aFileWithoutAnAddressLiesBesideTheDescription() throws {
    let cars = try Lock.embedded().item(.datasets, "cars")
    let files = list(object(try Croissant(of: cars).json)["distribution"]).map(object).filter { $0["sha256"] != nil }
    #expect(files.map { $0["contentUrl"] } == cars.files.map { .text($0.name) })
  }

  @Test func withoutAChecksumThereIsNoDescription() throws {
    let text = """
      format = 1
      [datasets.mine]
      citation = "c"
      classes = 2
      page = "https://example.org"
      terms = "t"
      test = 1
      title = "Mine"
      train = 1
      version = "1"
      [datasets.mine.files."mine.zip"]
      addresses = ["https://example.org/mine.zip"]
      """
    let item = try Lock(text: text, path: "mine.lock").item(.datasets, "mine")
    let error = CroissantError.noChecksum(dataset: "mine", file: "mine.zip")
    #expect(throws: error) { try Croissant(of: item) }
    #expect("\(error)".contains("mine.zip") && "\(error)".contains("--lock"))
  }

  @Test func birdletsAreAFolderOfPicturesByClass() {
    let counts = SplitCounts(classes: 16, train: 640, test: 640)
    let description = object(Croissant(ofBirdlets: "2", summary: "painted birds", counts: counts).json)
    #expect(description["description"] == "painted birds: 16 classes, 640 training and 640 test images.")
    #expect(list(description["distribution"]).map { object($0)["includes"] } == ["images/*/*.jpg"])
    let fields = list(description["recordSet"]).flatMap { list(object($0)["field"]) }
    #expect(fields.map { object($0)["name"] } == ["image", "file", "class"])
  }
}
