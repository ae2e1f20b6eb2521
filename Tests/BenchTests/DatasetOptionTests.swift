import ArgumentParser
import Datasets
import Foundation
import Testing

@testable import bench

@Suite struct DatasetOptionTests {
  @Test(arguments: [
    ("sheet.png", [0x89, 0x50, 0x4E, 0x47]), ("sheet.PNG", [0x89, 0x50]), ("sheet.jpg", [0xFF, 0xD8]),
  ])
  func aSheetIsWhatItsNameSays(_ name: String, _ beginning: [UInt8]) throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("sheet-" + UUID().uuidString)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let out = folder.appendingPathComponent(name)
    try DataCommand.Sheet.parse(["--classes", "1-2", "--per-class", "1", "--out", out.path]).run()
    #expect(try Data(contentsOf: out).starts(with: beginning))
  }

  /// Before anything is fetched or read.
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
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("own-" + UUID().uuidString)
    defer { try? FileManager.default.removeItem(at: folder) }
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
