import ArgumentParser
import Foundation
import Tensors
import TestSupport
import Testing
import WeightFiles

@testable import bench

/// Commands that would overwrite their own input.
@Suite struct OtherFileTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func path(_ name: String) -> String { folder.path(name) }

  @Test func theFileThatIsReadIsNotWritten() throws {
    try writeSafetensors([("w", Tensor([1], shape: [1]))], metadata: [:], to: path("a.safetensors"))
    try FileManager.default.createSymbolicLink(atPath: path("link.safetensors"), withDestinationPath: "a.safetensors")
    let before = try Data(contentsOf: URL(fileURLWithPath: path("a.safetensors")))
    let (file, link) = (path("a.safetensors"), path("link.safetensors"))
    for arguments in [
      ["weights", "convert", file, file], ["weights", "convert", link, file], ["weights", "convert", file, link],
      ["export", "--checkpoint", file, "--out", link], ["export", "--checkpoint", link, "--out", file],
      ["export", "--checkpoint", file, "--out", path("b.onnx"), "--sample", file],
      ["evaluate", "--checkpoint", file, "--predictions", link], ["parity", file, "--csv", link],
      ["export", "--checkpoint", file, "--out", path("b.onnx"), "--card", link],
    ] {
      expect(arguments, toBeRefusedBecause: "this is the input file")
    }
    #expect(try Data(contentsOf: URL(fileURLWithPath: file)) == before)
    #expect(try folder.contents().count == 2)
  }

  private func expect(_ arguments: [String], toBeRefusedBecause words: String) {
    let error = #expect(throws: (any Error).self) {
      var command = try Bench.parseAsRoot(arguments)
      try command.run()
    }
    #expect(error.map { Bench.exitCode(for: $0) } == ExitCode(EX_USAGE), "\(arguments)")
    #expect(error.map { Bench.message(for: $0).contains(words) } == true, "\(arguments)")
  }

  @Test func twoFilesThatWouldBeOneAreNotWritten() throws {
    let file = path("a.safetensors")
    try writeSafetensors([("w", Tensor([1], shape: [1]))], metadata: [:], to: file)
    for arguments in [
      ["export", "--checkpoint", file, "--out", path("b.onnx"), "--sample", path("b.onnx")],
      ["export", "--checkpoint", file, "--out", path("b.onnx"), "--card", path("./b.onnx")],
      ["stages", "--model", "smoothing", "--csv", path("h.csv"), "--history", path("./h.csv")],
    ] {
      expect(arguments, toBeRefusedBecause: "names the same file")
    }
    #expect(try folder.contents().count == 1)
  }

  @Test func recordsOfRunsAreNotWrittenOver() throws {
    let folder = try TemporaryFolder()
    func place(_ name: String) -> String { folder.url.appendingPathComponent(name).path }
    for name in ["runs.csv", "predictions.csv", "recipe.json", "summary.csv", "notes.csv"] {
      try Data("kept".utf8).write(to: URL(fileURLWithPath: place(name)))
    }
    try FileManager.default.createSymbolicLink(atPath: place("link.csv"), withDestinationPath: "runs.csv")
    for name in ["runs.csv", "predictions.csv", "recipe.json", "link.csv"] {
      let error = #expect(throws: (any Error).self) { try outputFile(place(name), option: "--csv") }
      #expect(error.map { Bench.message(for: $0).contains("this is a record of runs") } == true)
    }
    // The same for models of runs.
    let models = folder.url.appendingPathComponent("checkpoints")
    try FileManager.default.createDirectory(at: models, withIntermediateDirectories: true)
    let model = models.appendingPathComponent("s3n-seed0.safetensors")
    _ = try outputFile(model.path, option: "--out")
    try Data("kept".utf8).write(to: model)
    let error = #expect(throws: (any Error).self) { try outputFile(model.path, option: "--out") }
    #expect(error.map { Bench.message(for: $0).contains("this is a model of a run") } == true)
    // Files that can be regenerated may be overwritten; outside an output folder, the name does not matter.
    for name in ["summary.csv", "notes.csv", "new.csv"] { _ = try outputFile(place(name), option: "--csv") }
    try FileManager.default.removeItem(atPath: place("recipe.json"))
    _ = try outputFile(place("runs.csv"), option: "--csv")
  }
}
