import ArgumentParser
import Testing

@testable import bench

@Suite struct OptionTests {
  @Test func seedsAreACountOrAList() {
    #expect(SeedList(argument: "3")?.seeds == [0, 1, 2])
    #expect(SeedList(argument: "4-6")?.seeds == [4, 5, 6])
    #expect(SeedList(argument: "7-7")?.seeds == [7])
    #expect(SeedList(argument: "1,5,8-9")?.seeds == [1, 5, 8, 9])
    #expect(SeedList(argument: "18446744073709551615-18446744073709551615")?.seeds == [.max])
  }

  @Test(arguments: ["0", "-1", "", ",", "a", "5-3", "1-", "1.5", "1001", "0-99999999999", "99999999999999999999"])
  func otherSeedsAreRefused(_ text: String) {
    #expect(SeedList(argument: text) == nil)
  }

  @Test func listsKeepTheirOrder() {
    #expect(CommaList<Double>(argument: "0.3,0.05")?.values == [0.3, 0.05])
    #expect(CommaList<Double>(argument: "0.3,") == nil)
    #expect(CommaList<Double>(argument: "") == nil)
    #expect(CommaList<Double>(argument: "a") == nil)
    #expect(CommaList<String>(argument: "s3n,baseline")?.values == ["s3n", "baseline"])
  }

  @Test func valuesThatBeginWithADashReachTheirOption() throws {
    let command = try AblationCommand.parse(["--radius=-1"])
    #expect(command.radius?.values == [-1])
  }
}
