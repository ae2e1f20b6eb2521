import Testing

@testable import Datasets

@Suite struct CatalogueTests {
  @Test func unknownNamesGetTheKnownOnesAndTheNearest() {
    let error = #expect(throws: DatasetError.self) { try Dataset.open("birdlet") }
    #expect(error?.description.contains("birdlets, birdlets-pretraining, cub") == true)
    #expect(error?.description.contains("did you mean \"birdlets\"?") == true)
    #expect(error?.fault == .usage)
    let foreign = #expect(throws: DatasetError.self) { try Dataset.open("imagenet-21k") }
    #expect(foreign?.description.contains("did you mean") == false)
  }

  @Test func foldersAreAskedForAndRefused() {
    #expect(throws: DatasetError.folderRequired(dataset: "cub")) { try Dataset.open("cub") }
    #expect(throws: DatasetError.folderNotTaken(dataset: "birdlets")) { try Dataset.open("birdlets", folder: "/tmp") }
  }

  @Test func classesOfBirdletsCanBeSelected() throws {
    let dataset = try Dataset.open("birdlets", classes: ClassSelection("3,9"))
    #expect(dataset.classNames == ["003.Ruby_crowned_Bar_winged_Birdlet", "009.Ruby_crowned_Band_tailed_Birdlet"])
    #expect(dataset.train.count == 80 && dataset.test.count == 80)
    #expect(Set(dataset.train.map(\.label)) == [0, 1])
    let whole = try Dataset.open("birdlets")
    #expect(
      dataset.test.allSatisfy { sample in whole.test.contains { $0.id == sample.id && $0.number == sample.number } })
  }
}
