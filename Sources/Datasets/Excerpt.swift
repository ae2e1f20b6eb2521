extension Dataset {
  /// So many images of each split, from all over it in its order; the same ones again where it has fewer.
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
