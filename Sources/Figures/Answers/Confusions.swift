import Records

/// The confusions of the predicting head over all seeds of a variant.
struct Confusions {
  struct Pair: Hashable {
    let label: String
    let predicted: String
  }

  /// By pair, including right answers.
  let counts: [Pair: Int]
  /// The number of answers for each class, right or wrong.
  let total: [String: Int]
  /// In the order of the dataset.
  let classes: [String]

  init(of subject: FolderRecords.Subject, in records: FolderRecords) throws {
    let ids = Set(subject.runs.map(\.id))
    var counts: [Pair: Int] = [:]
    var total: [String: Int] = [:]
    for row in try records.predictions() where row.head == subject.heads.first && ids.contains(row.runID) {
      counts[Pair(label: row.label, predicted: row.predicted), default: 0] += 1
      total[row.label, default: 0] += 1
    }
    (self.counts, self.total) = (counts, total)
    classes = try records.recipe().dataset.classes
  }

  /// The mistakes by descending count; ties in the order of the classes.
  var mistakes: [(pair: Pair, count: Int)] {
    let places = Dictionary(classes.enumerated().map { ($1, $0) }) { first, _ in first }
    func place(_ pair: Pair) -> (Int, Int) { (places[pair.label] ?? .max, places[pair.predicted] ?? .max) }
    return counts.filter { $0.key.label != $0.key.predicted }.map { ($0.key, $0.value) }
      .sorted { ($1.1, place($0.0).0, place($0.0).1) < ($0.1, place($1.0).0, place($1.0).1) }
  }
}

/// The readable name of a class: "001.Black_footed_Albatross" without its number, with blanks for underscores.
public func readableClass(_ name: String) -> String {
  name.replacing(/^[0-9]+\./, with: "").replacing("_", with: " ")
}
