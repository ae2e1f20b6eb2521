extension Dataset {
  /// This dataset with only the given test images, in this order.
  public func testing(on samples: [Sample]) -> Dataset {
    var result = self
    result.test = samples
    return result
  }

  /// This dataset with its annotations read, or unchanged if it has none; throws if they are invalid.
  public func annotatedIfPossible() throws(DatasetError) -> Dataset {
    do { return try annotated() } catch {
      switch error {
      case .noAnnotations, .turnedAnnotations: return self
      default: throw error
      }
    }
  }
}
