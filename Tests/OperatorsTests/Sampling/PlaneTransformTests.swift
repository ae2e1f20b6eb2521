import Testing

@testable import Operators

@Suite struct PlaneTransformTests {
  @Test func sizesHaveSmallFactors() {
    #expect([1, 8, 9, 91, 97, 100, 113, 129].map(PlaneTransform.goodSize) == [8, 8, 16, 96, 112, 112, 120, 144])
  }
}
