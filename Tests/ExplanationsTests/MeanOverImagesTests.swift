import Testing

@testable import Explanations

@Suite struct MeanOverImagesTests {
  @Test(arguments: [1.0, 1e4, 1e13, 1e300])
  func valuesOfAnySizeHaveAnIntervalAroundTheirMean(scale: Double) throws {
    let values = [1.0, 2, 4, 8, 16, 3, 5].map { $0 * scale }
    for table in [[values], [values, values.map { 1.5 * $0 }, values.map { 0.5 * $0 }]] {
      let mean = try #require(MeanOverImages(overSeeds: table))
      let expected = table.joined().reduce(0, +) / Double(table.count * values.count)
      #expect(abs(mean.mean / expected - 1) < 1e-6)
      #expect(mean.interval.lowerBound < expected && expected < mean.interval.upperBound)
      #expect(mean.interval.upperBound < 16 * scale && mean.interval.lowerBound > -scale)
    }
  }
}
