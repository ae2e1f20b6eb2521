import Foundation
import Testing

/// The cases of Fixtures/cases.json, which Scripts/golden/make_statistics_cases.py created with SciPy.
struct GoldenCases: Decodable {
  struct Normal: Decodable { let x, cdf: Double }
  struct NormalQuantile: Decodable { let p, x: Double }
  struct IncompleteBeta: Decodable { let x, a, b, value: Double }
  struct StudentT: Decodable { let df, t, cdf: Double }
  struct StudentTQuantile: Decodable { let df, p, t: Double }
  struct Wilson: Decodable {
    let seen, n: Int
    let low, high: Double
  }
  struct InterquartileMean: Decodable {
    let values: [Double]
    let mean: Double
  }
  struct McNemar: Decodable {
    let first, second: Int
    let twoSided, less, greater: Double
  }
  struct SignFlip: Decodable {
    let differences: [Int]
    let twoSided, less, greater: Double
  }
  struct MannWhitney: Decodable {
    let first, second: [Double]
    let u, twoSided, less, greater: Double
  }
  struct Equivalence: Decodable {
    let first, second: [Double]
    let margin, unpaired: Double
    let paired, pairedLow, pairedHigh: Double?
  }
  struct Holm: Decodable { let p, adjusted: [Double] }
  struct Interval: Decodable {
    let values: [Int]
    let low, high: Double
  }
  struct Improvement: Decodable {
    let first, second: [Double]
    let value, low, high: Double
  }
  struct CrossedVariance: Decodable {
    let table: [[Int32]]
    let mean, standardError, degreesOfFreedom: Double
  }

  let normal: [Normal]
  let normalQuantile: [NormalQuantile]
  let incompleteBeta: [IncompleteBeta]
  let studentT: [StudentT]
  let studentTQuantile: [StudentTQuantile]
  let wilson: [Wilson]
  let interquartileMean: [InterquartileMean]
  let mcnemar: [McNemar]
  let signFlip: [SignFlip]
  let mannWhitneyExact, mannWhitneyTies, mannWhitneyNormal: [MannWhitney]
  let equivalence: [Equivalence]
  let holm: [Holm]
  let bca, bcaSampled: [Interval]
  let improvement: [Improvement]
  let crossedVariance: [CrossedVariance]

  init() throws {
    let file = try #require(Bundle.module.url(forResource: "Fixtures/cases", withExtension: "json"))
    let decoder = JSONDecoder()
    decoder.keyDecodingStrategy = .convertFromSnakeCase
    self = try decoder.decode(Self.self, from: Data(contentsOf: file))
  }
}

/// Whether two numbers are equal up to rounding.
func isClose(_ value: Double, _ expected: Double, relative: Double = 1e-10, absolute: Double = 1e-14) -> Bool {
  value == expected || abs(value - expected) <= max(absolute, relative * abs(expected))
}
