import DatasetStore
import Datasets
import WeightFiles

/// Returns a check that reads a folder as the dataset named `name` in the lock, and counts its classes and images.
///
/// With `tell`, also reads annotations other than classes and passes a line about them to it.
func datasetCheck(_ name: String, tell: ((String) -> Void)? = nil) -> DatasetCheck {
  { folder in
    var counts: SplitCounts?
    for entry in Dataset.all where entry.lockName == name {
      let dataset = try Dataset.open(entry.name, folder: folder)
      // The first entry is the dataset itself; the others group its classes.
      guard counts == nil else { continue }
      try dataset.requireFiles()
      if let tell, let annotations = try entry.annotations?(folder) { tell(annotations) }
      counts = SplitCounts(of: dataset)
    }
    guard let counts else {
      throw DatasetError.unknownDataset(name: name, known: Dataset.all.map(\.name), nearest: nil)
    }
    return counts
  }
}

extension SplitCounts {
  init(of dataset: Dataset) {
    self.init(classes: dataset.classNames.count, train: dataset.train.count, test: dataset.test.count)
  }
}

/// Throws unless the file holds weights.
func weightsCheck(_ path: String) throws { _ = try WeightFile(reading: path) }
