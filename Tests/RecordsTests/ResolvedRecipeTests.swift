import Foundation
import TestSupport
import Testing

@testable import Records

@Suite struct ResolvedRecipeTests {
  private let recipe = ResolvedRecipe(
    dataset: .init(name: "birdlets", version: "2", classes: ["wren", "crow"]), recipe: "quick", recipeVersion: 2,
    overrides: ["size": "64", "epochs": "3"], initialWeights: nil,
    values: [
      "batch": .number(8), "learning_rate": .number(1e-5), "normalization_group": .null,
      "crop_scale": [.number(0.1), .number(1)], "schedule": ["baseline": ["epochs": .number(3)]],
    ])

  @Test func theFileIsReadBackAndAlwaysTheSame() throws {
    let folder = try TemporaryFolder()
    let store = try RunStore(at: folder.url, key: recipe.table)
    try store.record(recipe)
    let text = try folder.text(of: "recipe.json")
    let file = RecordsFile.recipe.url(in: folder.url)
    #expect(try ResolvedRecipe.read(from: file) == recipe)
    try writeJSON(ResolvedRecipe.read(from: file), to: file)
    #expect(try folder.text(of: "recipe.json") == text)
    #expect(text.contains("\"batch\" : 8,") && text.hasSuffix("}\n"))
  }

  @Test func itsTableIsThatOfTheRuns() {
    #expect(recipe.table.overrides == "epochs=3 size=64")
    #expect(recipe.table.datasetVersion == "2" && recipe.table.recipeVersion == 2)
  }

  @Test func keysOfOtherProgramsMayHoldDots() {
    var (mine, others) = (recipe, recipe)
    mine.values = ["a.b": .number(1), "a": ["b": .number(2)]]
    others.values = ["a.b": .number(1), "a": ["b": .number(3)]]
    #expect(mine.differences(to: mine) == [])
    #expect(mine.differences(to: others).map(\.key) == ["values.a.b"])
  }

  @Test func differencesAreNamedByTheirKeys() {
    var other = recipe
    other.dataset.classes = ["wren"]
    other.values["batch"] = .number(16)
    other.values["keep"] = .number(0.85)
    other.values["schedule"] = ["baseline": ["epochs": .number(4)]]
    #expect(
      recipe.differences(to: other) == [
        .init(key: "dataset.classes[1]", mine: "crow", others: "nothing"),
        .init(key: "values.batch", mine: "8", others: "16"),
        .init(key: "values.keep", mine: "nothing", others: "0.85"),
        .init(key: "values.schedule.baseline.epochs", mine: "3", others: "4"),
      ])
    #expect(recipe.differences(to: recipe).isEmpty)
  }

  @Test func anotherRecipeIsRefusedInTheSameFolder() throws {
    let folder = try TemporaryFolder()
    let store = try RunStore(at: folder.url, key: recipe.table)
    try store.record(recipe)
    try store.record(recipe)
    var other = recipe
    other.values["batch"] = .number(16)
    #expect(
      throws: RecordsError.otherTable(path: folder.url.path, what: "values.batch", existing: "8", wanted: "16")
    ) { try store.record(other) }
  }
}
