import ArgumentParser
import Datasets
import Foundation
import TestSupport
import Testing

@testable import bench

@Suite struct DatasetOptionTests {
  @Test(arguments: [
    ("sheet.png", [0x89, 0x50, 0x4E, 0x47]), ("sheet.PNG", [0x89, 0x50]), ("sheet.jpg", [0xFF, 0xD8]),
  ])
  func aSheetIsWhatItsNameSays(_ name: String, _ beginning: [UInt8]) throws {
    try TestSupport.withTemporaryFolder { folder in
      let out = folder.appendingPathComponent(name)
      try DataCommand.Sheet.parse(["--classes", "1-2", "--per-class", "1", "--out", out.path]).run()
      #expect(try Data(contentsOf: out).starts(with: beginning))
    }
  }

  @Test(arguments: ["sheet.gif", "sheet.webp", "a.b/sheet.svg"]) func otherFormatsAreNotWritten(_ name: String) throws {
    let error = #expect(throws: (any Error).self) { try DataCommand.Sheet.parse(["--out", name]).run() }
    #expect(error.map { DataCommand.Sheet.message(for: $0).contains("ends in .png") } == true)
  }

  /// Rejected before anything is fetched or read.
  @Test(arguments: [
    ["--keep-banner"], ["--dataset", "cub", "--keep-banner"], ["--exif-rotate"], ["--test-share", "0.2"],
    ["--dataset", "cars", "--split-seed", "3"], ["--dataset", "folder", "--keep-banner"],
    ["--dataset", "folder", "--test-share", "1"],
  ]) func optionsThatSayNothingAreRefused(_ arguments: [String]) throws {
    let options = try DatasetOptions.parse(arguments)
    let error = #expect(throws: DatasetError.self) { try options.entry() }
    #expect(error?.fault == .usage)
    #expect(throws: DatasetError.self) { try options.open() }
  }

  @Test func aFolderOfOnesOwnIsOpened() throws {
    try TestSupport.withTemporaryFolder { folder in
      try Birdlets(size: 16, trainPerClass: 3, testPerClass: 1).write(to: folder.path)
      let images = folder.appendingPathComponent("images")
      try Data().write(to: images.appendingPathComponent("\(Birdlets().classNames[0])/empty.jpg"))
      let arguments = ["--dataset", "folder", "--data", images.path, "--test-share", "0.25"]
      #expect(throws: DatasetError.self) { try DatasetOptions.parse(arguments).open() }
      let (dataset, leftOut) = try DatasetOptions.parse(arguments + ["--skip-broken"]).open()
      #expect(dataset.train.count + dataset.test.count == 64 && dataset.classNames == Birdlets().classNames)
      #expect(leftOut.map(\.reason) == ["the file is empty"])
    }
  }

  /// A model is tested on the images that its own training held out, unless the folder itself says which those are.
  @Test func whatNothingSaysIsReadAsTheTrainingReadIt() throws {
    try TestSupport.withTemporaryFolder { folder in
      try Birdlets(size: 16, trainPerClass: 8, testPerClass: 1).write(to: folder.path)
      let images = folder.appendingPathComponent("images").path
      var trained = Reading()
      (trained.testShare, trained.splitSeed) = (0.25, 7)
      func ids(_ arguments: [String], _ usual: Reading = Reading()) throws -> [String] {
        try DatasetOptions.parse(["--dataset", "folder", "--data", images] + arguments)
          .open(standard: "folder", standardReading: usual).dataset.test.map(\.id)
      }
      let kept = try ids(["--test-share", "0.25", "--split-seed", "7"])
      #expect(try ids([], trained) == kept && ids(["--test-share", "0.25"], trained) != kept)
      #expect(throws: DatasetError.self) { try ids([]) }
      // A dataset other than the training's does not get its split.
      #expect(throws: DatasetError.self) {
        try DatasetOptions.parse(["--dataset", "folder", "--data", images]).open(
          standard: "cub", standardReading: trained)
      }
      // A folder that has its own split keeps it.
      let (splits, files) = (folder.appendingPathComponent("splits").path, FileManager.default)
      try files.createDirectory(atPath: splits, withIntermediateDirectories: true)
      for name in ["train", "test"] {
        try files.createSymbolicLink(atPath: splits + "/" + name, withDestinationPath: images)
      }
      let options = try DatasetOptions.parse(["--dataset", "folder", "--data", splits])
      #expect(try options.open(standard: "folder", standardReading: trained).dataset.test.count == 16 * 9)
    }
  }
}
