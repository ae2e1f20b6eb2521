import Testing

@testable import Files

@Suite struct NearestNameTests {
  @Test(arguments: [
    ("CUB", "cub"), ("cbu", "cub"), ("s3n-p3", "s3n-p1"), ("basline", "baseline"),
    ("discriminative", "discriminative-only"), ("wxyz", nil),
    ("", nil),
  ]) func findsTheNearestName(_ typed: String, _ expected: String?) {
    #expect(nearestName(to: typed, among: ["cub", "s3n-p1", "baseline", "discriminative-only"]) == expected)
  }
}
