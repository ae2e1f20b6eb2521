/// The precision of a mean over seeds and images, where every seed is tested on every image.
///
/// The analysis of variance of two crossed random effects: var = (MS_seeds + MS_images - MS_rest) / (seeds x images),
/// with Satterthwaite's degrees of freedom.
struct CrossedVariance {
  let mean: Double
  let standardError: Double
  let degreesOfFreedom: Double

  /// Takes a row of equal length for each seed; nil for unequal rows and for fewer than two seeds or two images.
  init?(_ table: [[Int32]]) {
    guard let images = table.first?.count, table.count > 1, images > 1, table.allSatisfy({ $0.count == images })
    else { return nil }
    let (rows, columns) = (Double(table.count), Double(images))
    let rowSums = table.map { $0.reduce(0) { $0 + Int($1) } }
    var columnSums = [Int](repeating: 0, count: images)
    var squares = 0
    for row in table {
      for (image, value) in row.enumerated() {
        columnSums[image] += Int(value)
        squares += Int(value) * Int(value)
      }
    }
    let sum = Double(rowSums.reduce(0, +))
    let correction = sum * sum / (rows * columns)
    let rowSquares = rowSums.reduce(0) { $0 + Double($1) * Double($1) } / columns - correction
    let columnSquares = columnSums.reduce(0) { $0 + Double($1) * Double($1) } / rows - correction
    let restSquares = max(0, Double(squares) - correction - rowSquares - columnSquares)

    let freedoms = [rows - 1, columns - 1, (rows - 1) * (columns - 1)]
    let meanSquares = zip([rowSquares, columnSquares, restSquares], freedoms).map { max(0, $0 / $1) }
    // In expectation, the sum is no less than any of its parts; in a sample it may be, and may even be negative.
    let total = max(meanSquares[0] + meanSquares[1] - meanSquares[2], meanSquares.max() ?? 0)
    let spread = zip(meanSquares, freedoms).reduce(0) { $0 + $1.0 * $1.0 / $1.1 }
    mean = sum / (rows * columns)
    standardError = (total / (rows * columns)).squareRoot()
    degreesOfFreedom = spread > 0 ? max(1, total * total / spread) : rows - 1
  }
}
