extension Dataset {
  /// This dataset with these images alone to test on, in this order.
  public func testing(on samples: [Sample]) -> Dataset {
    var result = self
    result.test = samples
    return result
  }

  /// This dataset with its annotations read, or as it is if it has none; throws what is wrong with them.
  public func annotatedIfPossible() throws(DatasetError) -> Dataset {
    do { return try annotated() } catch {
      switch error {
      case .noAnnotations, .turnedAnnotations: return self
      default: throw error
      }
    }
  }
}
