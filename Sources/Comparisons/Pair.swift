import Records
import Statistics

/// Two variants, paired by seed and image.
struct Pair {
  let first: VariantAnswers
  let second: VariantAnswers
  /// A row for each paired seed, by image: 1 where only the first is right, -1 where only the second is, else 0.
  private let differences: [[Int]]
  /// Their sum over seeds, by image.
  private let sums: [Int]
  /// The number of images that each gets right, by paired seed.
  private let firstRight: [Int]
  private let secondRight: [Int]
  private let imageTest: SignFlipTest
  private let seedTest: SignFlipTest

  init(_ first: VariantAnswers, _ second: VariantAnswers) {
    self.first = first
    self.second = second
    let answers = first.isRight.keys.sorted().compactMap { seed in
      second.isRight[seed].map { (first.isRight[seed] ?? [], $0) }
    }
    differences = answers.map { zip($0, $1).map { ($0 ? 1 : 0) - ($1 ? 1 : 0) } }
    firstRight = answers.map { $0.0.count { $0 } }
    secondRight = answers.map { $0.1.count { $0 } }
    sums = (0..<(differences.first?.count ?? 0)).map { [differences] image in
      differences.reduce(0) { $0 + $1[image] }
    }
    imageTest = SignFlipTest(sums)
    seedTest = SignFlipTest(zip(firstRight, secondRight).map { $0 - $1 })
  }

  private var seeds: Int { differences.count }
  private var images: Int { sums.count }

  /// Nil without a paired seed.
  var imagesPValue: Double? { seeds > 0 ? imageTest.pValue() : nil }
  /// Nil without two paired seeds.
  var seedsPValue: Double? { seeds > 1 ? seedTest.pValue() : nil }

  /// Everything that follows from the pair alone; p-values up to these levels are significant in their family.
  func row(imagesLevel: Double, seedsLevel: Double) -> ComparisonRow {
    var row = ComparisonRow(first.cell, against: second.cell)
    row.head = first.head
    row.otherHead = second.head
    row.seedCount = seeds
    row.seedsLeftOut = first.seeds.union(second.seeds).count - seeds
    row.imageCount = images
    row.onlyVariantRight = differences.reduce(0) { $0 + $1.count { $0 > 0 } }
    row.onlyOtherRight = differences.reduce(0) { $0 + $1.count { $0 < 0 } }
    guard seeds > 0, images > 0 else { return row }
    row.accuracy = points(firstRight.reduce(0, +))
    row.otherAccuracy = points(secondRight.reduce(0, +))
    row.difference = points(imageTest.sum)
    row.images = imageEvidence(adjustedLevel: imagesLevel, row)
    guard seeds > 1 else { return row }
    row.seeds = seedEvidence(adjustedLevel: seedsLevel, row)
    row.interquartileMean = interquartileMean(seedPoints).map(rounded)
    let probability = ProbabilityOfImprovement(firstRight.map(Double.init), over: secondRight.map(Double.init))
    row.probabilityBetter = (probability?.value).map(rounded)
    row.probabilityLow95 = (probability?.interval.lowerBound).map(rounded)
    row.probabilityHigh95 = (probability?.interval.upperBound).map(rounded)
    return row
  }

  private func imageEvidence(adjustedLevel: Double, _ row: ComparisonRow) -> Evidence {
    let interval = bcaInterval(ofMean: sums, resamples: row.resamples, seed: row.bootstrapSeed)
    let scale = 100 / Double(seeds)
    return Evidence(
      pValue: imagesPValue, low95: (interval?.lowerBound).map { rounded(scale * $0) },
      high95: (interval?.upperBound).map { rounded(scale * $0) },
      smallestPoints: imageTest.smallestSum(level: adjustedLevel).map(points))
  }

  private func seedEvidence(adjustedLevel: Double, _ row: ComparisonRow) -> Evidence {
    var evidence = Evidence(pValue: seedsPValue)
    guard
      let interval = hierarchicalInterval(ofMean: differences, resamples: row.resamples, seed: row.bootstrapSeed)
    else { return evidence }
    evidence.low95 = rounded(100 * interval.lowerBound)
    evidence.high95 = rounded(100 * interval.upperBound)
    let mean = Double(imageTest.sum) / Double(seeds * images)
    let reach = 100 * max(mean - interval.lowerBound, interval.upperBound - mean)
    // The verdict requires both: a significant test, and an interval without zero.
    evidence.smallestPoints = SmallestDifference.mean(of: seedPoints, level: adjustedLevel).map {
      rounded(max($0, reach))
    }
    return evidence
  }

  private var seedPoints: [Double] {
    zip(firstRight, secondRight).map { 100 * Double($0 - $1) / Double(images) }
  }

  private func points(_ answers: Int) -> Double { rounded(100 * Double(answers) / Double(seeds * images)) }
}

/// Drops the last digits, in which maths libraries differ.
private func rounded(_ value: Double) -> Double { (value * 1e6).rounded() / 1e6 }
