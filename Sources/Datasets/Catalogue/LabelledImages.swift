/// The common result of all readers: paths, classes from 1, and the split, before the class selection.
struct LabelledImages {
  let dataset: String
  let classNames: [String]
  let paths: [String]
  let classes: [Int]
  let isTrain: [Bool]
  let source: FolderImages
  var readAnnotations: (@Sendable () throws(DatasetError) -> Annotations?)?

  /// Checks everything against the published dataset, then keeps the selected classes.
  func selecting(
    _ selection: ClassSelection?, published: Published?, in folder: String
  ) throws(DatasetError) -> Dataset {
    let train = isTrain.count { $0 }
    try published?.check(classNames: classNames, train: train, test: isTrain.count - train, in: folder)
    let selected = try selection?.numbers(of: classNames.count) ?? Array(1...classNames.count)
    let labels = Dictionary(uniqueKeysWithValues: selected.enumerated().map { ($1, $0) })
    var splits: [Split: [Sample]] = [:]
    for (index, path) in paths.enumerated() {
      guard let label = labels[classes[index]] else { continue }
      splits[isTrain[index] ? .train : .test, default: []].append(Sample(id: path, label: label, number: index + 1))
    }
    let source = source.spelled(as: paths)
    var readAnnotations = readAnnotations
    if source.isTurning, readAnnotations != nil {
      readAnnotations = { [dataset] () throws(DatasetError) in throw .turnedAnnotations(dataset: dataset) }
    }
    try DatasetFolder.requireImages(
      of: dataset, source, paths: paths, classes: classes, selected: selected, of: classNames.count)
    return try Dataset(
      name: dataset, classNames: selected.map { classNames[$0 - 1] }, train: splits[.train] ?? [],
      test: splits[.test] ?? [], images: source, readAnnotations: readAnnotations
    ).requiringImages()
  }
}
