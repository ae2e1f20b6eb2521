import Foundation
import Records
import TestSupport
import Testing

@testable import Figures

@Suite struct RenderingTests {
  private let figure: VariantAccuracy
  private let names = ["csv", "gp", "pdf", "png", "svg"].map { "variant-accuracy.\($0)" }

  init() throws {
    figure = try VariantAccuracy(
      of: accuracies("baseline", [50, 54]) + accuracies("it's_{odd}^2 \"name\", \\n", [61, nil])
        + accuracies("s3n", [nil, nil]), classes: 10, epochs: 3)
  }

  /// Returns a folder with a program named gnuplot that executes `body`.
  private func fakeGnuplot(_ body: String) throws -> TemporaryFolder {
    let folder = try TemporaryFolder()
    let text = folder.url.appendingPathComponent("text")
    try Data("#!/bin/sh\n\(body)\n".utf8).write(to: text)
    // Another test that starts a program meanwhile passes on open descriptors: a file written here might be busy.
    let copy = try Process.run(
      URL(fileURLWithPath: "/bin/sh"),
      arguments: ["-c", "cd \"$0\" && cp text gnuplot && chmod 755 gnuplot && rm text", folder.url.path])
    copy.waitUntilExit()
    return folder
  }

  @Test(.enabled(if: hasGnuplot)) func drawsTheSameBytesEachTime() throws {
    let folder = try TemporaryFolder(" with 'quotes' & blanks")
    let files = try figure.render(to: folder.url)
    let (svg, png) = (try Data(contentsOf: files.svg), try Data(contentsOf: files.png))
    let pdf = try Data(contentsOf: files.pdf)
    #expect(pdf.starts(with: Data("%PDF-".utf8)))
    #expect(try folder.contents() == names)
    #expect(png.starts(with: [0x89, 0x50, 0x4E, 0x47]))
    let text = String(decoding: svg, as: UTF8.self)
    #expect(text.contains("it's_{odd}^2 'name',"))
    #expect(text.contains("61.0 ["))
    #expect(text.contains("diverged"))
    #expect(!text.contains("<image"))
    try figure.render(to: folder.url)
    #expect(try Data(contentsOf: files.svg) == svg)
    #expect(try Data(contentsOf: files.png) == png)
    // The time of drawing is not in it either.
    #expect(
      try Data(contentsOf: files.pdf) == pdf && pdf.range(of: Data("/CreationDate (D:11111111000000".utf8)) != nil)
  }

  @Test(.enabled(if: hasGnuplot), arguments: [1, 3, 14])
  func drawsAnyNumberOfVariants(count: Int) throws {
    let folder = try TemporaryFolder()
    let rows = (0..<count).flatMap { accuracies("variant-\($0)", (0..<5).map { seed in Double(40 + seed) }) }
    let files = try VariantAccuracy(of: rows, classes: 200, epochs: nil).render(to: folder.url)
    let svg = try String(contentsOf: files.svg, encoding: .utf8)
    for variant in 0..<count { #expect(svg.contains("variant-\(variant)")) }
  }

  @Test(.enabled(if: hasGnuplot)) func drawsStageShares() throws {
    let folder = try TemporaryFolder()
    let files = try StageShares(of: steps("train", [("grid", 7), ("other", 3)]), subject: "s3n").render(to: folder.url)
    #expect(try String(contentsOf: files.svg, encoding: .utf8).contains("70.0 %"))
  }

  @Test func withoutGnuplotDataAndScriptAreKept() throws {
    let folder = try TemporaryFolder()
    let empty = try TemporaryFolder()
    let script = folder.url.appendingPathComponent("variant-accuracy.gp").path
    for path in ["", empty.url.path, "relative:/nonexistent"] {
      #expect(throws: FiguresError.gnuplotAbsent(script: script)) {
        try figure.render(to: folder.url, searchPath: path)
      }
      #expect(try folder.contents() == Array(names.prefix(2)))
    }
    #expect(try String(contentsOf: folder.url.appendingPathComponent(names[0]), encoding: .utf8) == figure.data)
  }

  @Test func whatGnuplotSaysIsPassedOn() throws {
    let folder = try TemporaryFolder()
    let fake = try fakeGnuplot("cat >/dev/null; echo 'out of ink' >&2; exit 3")
    let script = folder.url.appendingPathComponent("variant-accuracy.gp").path
    #expect(
      throws: FiguresError.gnuplotFailed(
        message: "out of ink (gnuplot ended with exit code 3)", script: script)
    ) {
      try figure.render(to: folder.url, searchPath: fake.url.path)
    }
    #expect(try folder.contents() == Array(names.prefix(2)))
  }

  @Test func aGoodSVGIsKeptWhenThePNGFails() throws {
    let folder = try TemporaryFolder()
    let old = folder.url.appendingPathComponent("variant-accuracy.png")
    try Data("old".utf8).write(to: old)
    try writeInputs(to: folder)
    let fake = try fakeGnuplot(
      "cat >/dev/null; echo '<svg></svg>' > variant-accuracy.svg; echo x > variant-accuracy.png; echo 'unknown terminal' >&2; exit 1"
    )
    #expect(throws: FiguresError.self) { try figure.render(to: folder.url, searchPath: fake.url.path) }
    #expect(try folder.contents() == names.filter { !$0.hasSuffix("pdf") })
    #expect(try String(contentsOf: old, encoding: .utf8) == "old")
  }

  @Test func aGnuplotThatComesToNoEndIsEnded() throws {
    let folder = try TemporaryFolder()
    let fake = try fakeGnuplot("sleep 1000 & wait")
    #expect {
      try figure.render(to: folder.url, searchPath: fake.url.path, seconds: 0.2)
    } throws: {
      "\($0)".contains("had not come to an end")
    }
    #expect(try folder.contents() == Array(names.prefix(2)))
  }

  @Test func aGnuplotThatIsKilledIsDescribedInWords() throws {
    let folder = try TemporaryFolder()
    let fake = try fakeGnuplot("kill -9 $$")
    #expect {
      try figure.render(to: folder.url, searchPath: fake.url.path)
    } throws: {
      "\($0)".contains("gnuplot was ended by a signal: Killed")
    }
  }

  @Test func whereAndInWhichLanguageItIsDrawnIsTheSameForAll() throws {
    let folder = try TemporaryFolder()
    let fake = try fakeGnuplot("echo \"drawn in $TZ, $LC_ALL\" >&2; exit 1")
    #expect {
      try figure.render(to: folder.url, searchPath: fake.url.path)
    } throws: {
      "\($0)".contains("drawn in UTC0, C.UTF-8")
    }
  }

  @Test func aGnuplotThatHangsUpDoesNotEndTheProgram() throws {
    // More text than a pipe holds, for a reader that has exited: unhandled, this raises SIGPIPE.
    struct Long: Figure {
      let name = "long"
      let size = FigureSize(width: 10, height: 10)
      let columns = ["x"]
      let rows = [["1"]]
      let commands = String(repeating: "# nothing\n", count: 50_000)
    }
    let folder = try TemporaryFolder()
    let fake = try fakeGnuplot("exec <&-; exit 0")
    #expect(throws: FiguresError.self) { try Long().render(to: folder.url, searchPath: fake.url.path) }
    #expect(try folder.contents() == ["long.csv", "long.gp"])
  }

  @Test func aGnuplotThatDrawsNothingIsAnErrorAndPicturesOfTheSameStay() throws {
    let folder = try TemporaryFolder()
    let old = folder.url.appendingPathComponent("variant-accuracy.svg")
    try Data("old".utf8).write(to: old)
    try writeInputs(to: folder)
    let fake = try fakeGnuplot("cat >/dev/null; touch variant-accuracy.svg")
    #expect { try figure.render(to: folder.url, searchPath: fake.url.path) } throws: { error in
      guard case .nothingDrawn = error as? FiguresError else { return false }
      return true
    }
    #expect(try String(contentsOf: old, encoding: .utf8) == "old")
    #expect(!(try folder.contents().contains { $0.hasPrefix(".") }))
  }

  /// As a full disk leaves them, which gnuplot does not notice.
  @Test(arguments: ["pdf", "png"]) func aPictureThatIsCutShortIsAnErrorAndOneOfTheSameStays(ending: String) throws {
    let folder = try TemporaryFolder()
    let old = folder.url.appendingPathComponent("variant-accuracy.\(ending)")
    try Data("old".utf8).write(to: old)
    try writeInputs(to: folder)
    let ends = ["svg": "</svg>", "png": "IEND", "pdf": "%%EOF"]
    let pictures = ends.map { "echo '\($0.key == ending ? "cut" : $0.value)' > variant-accuracy.\($0.key)" }
    let fake = try fakeGnuplot("cat >/dev/null; " + pictures.joined(separator: "; "))
    #expect { try figure.render(to: folder.url, searchPath: fake.url.path) } throws: { error in
      guard case .nothingDrawn(old.path, _) = error as? FiguresError else { return false }
      return "\(error)".contains("is the disk full?")
    }
    #expect(try String(contentsOf: old, encoding: .utf8) == "old")
  }

  @Test func picturesOfOtherDataDoNotStay() throws {
    for change in ["variant-accuracy.csv", "variant-accuracy.gp"] {
      let folder = try TemporaryFolder()
      try writeInputs(to: folder)
      try Data("other".utf8).write(to: folder.url.appendingPathComponent(change))
      for name in names.dropFirst(2) { try Data("old".utf8).write(to: folder.url.appendingPathComponent(name)) }
      #expect(throws: FiguresError.self) { try figure.render(to: folder.url, searchPath: "") }
      #expect(try folder.contents() == Array(names.prefix(2)))
    }
  }

  /// Writes what an earlier drawing of the figure left beside its pictures.
  private func writeInputs(to folder: TemporaryFolder) throws {
    try Data(figure.data.utf8).write(to: folder.url.appendingPathComponent("variant-accuracy.csv"))
    try Data(figure.script.utf8).write(to: folder.url.appendingPathComponent("variant-accuracy.gp"))
  }

  @Test func aFolderThatCannotBeWrittenIsNamed() throws {
    let file = URL(fileURLWithPath: "/proc/variant-accuracy.csv").path
    #expect { try figure.render(to: URL(fileURLWithPath: "/proc")) } throws: { error in
      guard case .records(.unwritable(let path, _)) = error as? FiguresError else { return false }
      return path == file
    }
  }
}
