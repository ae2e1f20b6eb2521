/// Holm's correction (1979) of one table's p-values: the chance of any false "difference" in it stays below the level.
public enum Holm {
  /// The corrected p-values, in the order of `pValues`: each is significant at a level if it is at most that level.
  public static func adjusted(_ pValues: [Double]) -> [Double] {
    var adjusted = pValues
    var largest = 0.0
    for (place, index) in pValues.indices.sorted(by: { pValues[$0] < pValues[$1] }).enumerated() {
      largest = max(largest, min(1, Double(pValues.count - place) * pValues[index]))
      adjusted[index] = largest
    }
    return adjusted
  }

  /// The most that a p-value that is not significant in the table could be to become so: `level` divided by the number
  /// of such p-values.
  public static func adjustedLevel(_ pValues: [Double], level: Double) -> Double {
    level / Double(max(1, adjusted(pValues).count { $0 > level }))
  }
}
