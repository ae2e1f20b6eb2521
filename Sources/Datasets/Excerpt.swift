extension Dataset {
  /// Takes `count` images of each split, evenly spaced in its order; repeats images if a split has fewer.
  public func excerpt(_ count: Int) -> Dataset {
    func some(_ samples: [Sample]) -> [Sample] {
      guard !samples.isEmpty else { return [] }
      return (0..<count).map { samples[count <= samples.count ? $0 * samples.count / count : $0 % samples.count] }
    }
    var excerpt = self
    (excerpt.train, excerpt.test) = (some(train), some(test))
    return excerpt
  }
}
