import ArgumentParser
import Testing

@testable import bench

@Suite struct OptionTests {
  @Test func seedsAreACountOrAList() {
    #expect(SeedList(argument: "3")?.seeds == [0, 1, 2])
    #expect(SeedList(argument: "4-6")?.seeds == [4, 5, 6])
    #expect(SeedList(argument: "7-7")?.seeds == [7])
    #expect(SeedList(argument: "1,5,8-9")?.seeds == [1, 5, 8, 9])
    #expect(SeedList(argument: "0-998,1000")?.seeds.count == 1000)
    #expect(SeedList(argument: "18446744073709551615-18446744073709551615")?.seeds == [.max])
  }

  @Test(arguments: [
    "0", "-1", "", ",", "a", "5-3", "1-", "1.5", "1001", "0-99999999999", "99999999999999999999", "0-998,1000-1001",
    "0-998,1000-1999",
  ])
  func otherSeedsAreRefused(_ text: String) {
    #expect(SeedList(argument: text) == nil)
  }

  @Test func listsKeepTheirOrder() {
    #expect(CommaList<Double>(argument: "0.3,0.05")?.values == [0.3, 0.05])
    #expect(CommaList<Double>(argument: "0.3,") == nil)
    #expect(CommaList<Double>(argument: "") == nil)
    #expect(CommaList<Double>(argument: "a") == nil)
    #expect(CommaList<String>(argument: "s3n,baseline")?.values == ["s3n", "baseline"])
    #expect(CommaList<String>(argument: " s3n, baseline ")?.values == ["s3n", "baseline"])
    #expect(SeedList(argument: "1, 5-6")?.seeds == [1, 5, 6])
  }

  @Test func valuesThatBeginWithADashReachTheirOption() throws {
    let command = try AblationCommand.parse(["--radius=-1"])
    #expect(command.radius?.values == [-1])
  }

  @Test(arguments: [
    (["abblation"], "did you mean \"ablation\"?"), (["dat", "list"], "did you mean \"data\"?"),
    (["data", "fecth", "cub"], "bench data has no command \"fecth\""), (["zzzzzzzz"], "It has: ablation"),
  ])
  func wordsThatAreNoCommandsAreNamed(arguments: [String], message: String) {
    #expect { try CommandNames(of: Bench.self).check(arguments[...]) } throws: { "\($0)".contains(message) }
  }

  @Test(arguments: [[], ["--help"], ["help", "train"], ["train", "cub"], ["data", "list"], ["weights", "--help"]])
  func commandsAreLeftToTheParser(arguments: [String]) throws { try CommandNames(of: Bench.self).check(arguments[...]) }

  @Test(arguments: [
    "--node-speed=1e-320", "--node-speed=1e9", "--node-speed=nan", "--node-speed=0", "--link=0.0000000001Gbit",
    "--link=0Gbit", "--link=1000000000Gbit", "--link=10", "--latency=inf", "--latency=-1",
  ])
  func nodesThatNobodyHasAreRefused(option: String) {
    #expect(throws: (any Error).self) { try PlanCommand.parse(["--nodes", "2", option]) }
  }

  @Test func nodesSlowAndFastAreTaken() throws {
    let arguments = ["--nodes", "2", "--node-speed=0.001,1000", "--link=0.001Gbit,100000Gbit", "--latency=0"]
    #expect(try PlanCommand.parse(arguments).nodes.clusters.count == 4)
  }

  @Test(arguments: [["--size", "96"], ["--backbone", "resnet18"], ["--precision", "bf16"], ["--out", "somewhere"]])
  func whatIsForLayersIsRefusedWithoutThem(option: [String]) throws {
    #expect(throws: (any Error).self) { try RooflineCommand.parse(option) }
    #expect(throws: Never.self) { try RooflineCommand.parse(["--layers", "s3n"] + option) }
    #expect(throws: Never.self) { try StagesCommand.parse(option.first == "--out" ? [] : option) }
  }

  @Test(arguments: ["smoothing", "resampling", "loader"])
  func whatHasNoBackboneIsGivenNone(model: String) {
    #expect(throws: (any Error).self) { try StagesCommand.parse(["--model", model, "--backbone", "resnet18"]) }
  }

  @Test func weightsAreConvertedToFormatsThatExist() {
    let error = #expect(throws: (any Error).self) { try Bench.parseAsRoot(["weights", "convert", "a.pth", "b.txt"]) }
    #expect(error.map { Bench.exitCode(for: $0) } == .usage)
    #expect(error.map { Bench.message(for: $0).contains("b.txt") } == true)
  }

  @Test func optionsThatHangOnOthersAreRefusedWithoutThem() {
    #expect(throws: (any Error).self) {
      try ExportCommand.parse(["--checkpoint", "a", "--out", "b", "--sample-images", "2"])
    }
    #expect(throws: Never.self) {
      try ExportCommand.parse(["--checkpoint", "a", "--out", "b", "--sample", "c", "--sample-images", "2"])
    }
  }

  @Test func optionsOfAnotherKindOfWorkAreRefused() throws {
    let varied = [
      ["--batches", "1"], ["--sizes", "64"], ["--thread-counts", "1"], ["--grids", "3"], ["--maps", "1"],
    ]
    for option in varied {
      #expect(throws: (any Error).self, "\(option)") {
        try ScalingCommand.parse(["--simulate-threads", "4"] + option)
      }
      _ = try ScalingCommand.parse(option)
    }
    _ = try ScalingCommand.parse(["--simulate-threads", "4", "--bandwidth", "20"])
    for option in [["--data", "a"], ["--exif-rotate"], ["--classes", "1-2"]] {
      #expect(throws: (any Error).self, "\(option)") {
        try ExplainCommand.parse(["--checkpoint", "a", "--image", "b.jpg", "--out", "c"] + option)
      }
    }
    _ = try ExplainCommand.parse(["--checkpoint", "a", "--image", "b.jpg", "--out", "c"])
  }
}
