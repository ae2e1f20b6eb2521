/// The published facts about a dataset, against which a folder of it is checked.
///
/// A folder with no published class name is another dataset in the same layout, and is accepted as it is.
struct Published {
  let dataset: String
  let classNames: [String]
  let train: Int
  let test: Int

  static let cub = Published(dataset: "cub", classNames: cubNames, train: 5994, test: 5794)
  static let aircraft = Published(dataset: "aircraft", classNames: aircraftVariants, train: 6667, test: 3333)
  static let cars = Published(dataset: "cars", classNames: carNames, train: 8144, test: 8041)

  /// Throws `unlikePublished`, which names the first difference.
  func check(classNames found: [String], train: Int, test: Int, in folder: String) throws(DatasetError) {
    guard !Set(found).isDisjoint(with: classNames) else { return }
    func unlike(_ what: String, _ expected: String, _ found: String) -> DatasetError {
      .unlikePublished(dataset: dataset, folder: folder, what: what, expected: expected, found: found)
    }
    for (index, (expected, name)) in zip(classNames, found).enumerated() where expected != name {
      throw unlike("the name of class \(index + 1)", "\"\(expected)\"", "\"\(name.prefix(80))\"")
    }
    guard found.count == classNames.count else { throw unlike("classes", "\(classNames.count)", "\(found.count)") }
    guard train == self.train else { throw unlike("training images", "\(self.train)", "\(train)") }
    guard test == self.test else { throw unlike("test images", "\(self.test)", "\(test)") }
  }

  /// Splits names separated by commas or line ends.
  static func names(_ text: String) -> [String] {
    text.split(separator: "\n").flatMap { $0.split(separator: ",") }.map { String($0.trimming(" ")) }
  }
}
