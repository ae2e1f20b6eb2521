import Testing

@testable import Datasets

@Suite struct ClassSelectionTests {
  @Test(arguments: [
    ("1-3", [1, 2, 3]), ("5", [5]), ("1,5,7-9", [1, 5, 7, 8, 9]), ("7-9,1", [1, 7, 8, 9]), (" 2 - 3 , 9 ", [2, 3, 9]),
    ("20", [20]), ("4-4", [4]),
  ]) func readsNumbersAndRanges(_ text: String, _ expected: [Int]) throws {
    #expect(try ClassSelection(text).numbers(of: 20) == expected)
  }

  @Test(arguments: [
    ("", "not a class number"), ("1,,2", "not a class number"), ("-3", "not a class number"), ("1-", "not a class"),
    ("1-2-3", "not a class number"), ("a", "not a class number"), ("1.5", "not a class number"), ("٣", "not a class"),
    ("0-4", "counted from 1"), ("30-10", "runs backwards, write 10-30"), ("1-5,3", "class 3 is named twice"),
    ("99999999999999999999", "not a class number"),
  ]) func refusesNonsense(_ text: String, _ reason: String) {
    let error = #expect(throws: DatasetError.self) { try ClassSelection(text) }
    #expect(error?.fault == .usage)
    #expect(error?.description.contains(reason) == true)
  }

  @Test func refusesClassesBeyondTheLast() throws {
    let error = #expect(throws: DatasetError.self) { try ClassSelection("1,9-9000000000000000000").numbers(of: 20) }
    #expect(error?.description.contains("the classes are 1-20") == true)
  }

  @Test func aSelectionHasOneSpelling() throws {
    for text in ["1-3,7", "7, 1-2 ,3", "3,2,1,7-7", "01-3,7"] {
      #expect(try ClassSelection(text) == ClassSelection("1-3,7") && ClassSelection(text).text == "1-3,7")
    }
    #expect(try ClassSelection("9223372036854775807,1").text == "1,9223372036854775807")
  }

  @Test func writesNumbersAsRanges() {
    #expect(ClassSelection.text(of: [1, 2, 3, 7, 9, 10]) == "1-3,7,9-10")
    #expect(ClassSelection.text(of: []) == "")
  }
}
