extension Dataset {
  /// This dataset with every `count`th training image of each class as its test images and the others to train on; its
  /// own test images are left out. Throws `cannotHoldOut` unless every class has images for both.
  public func holdingOut(oneIn count: Int) throws(DatasetError) -> Dataset {
    var seen: [Int: Int] = [:]
    var (kept, heldOut): ([Sample], [Sample]) = ([], [])
    for sample in train {
      seen[sample.label, default: 0] += 1
      if count > 1, seen[sample.label, default: 0] % count == 0 { heldOut.append(sample) } else { kept.append(sample) }
    }
    guard count > 1, seen.values.allSatisfy({ $0 >= count }) else {
      throw .cannotHoldOut(oneIn: count, fewest: seen.values.min() ?? 0)
    }
    var result = self
    (result.train, result.test) = (kept, heldOut)
    return result
  }
}
