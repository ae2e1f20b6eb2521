import Foundation
import TestSupport
import Testing

@testable import Configuration

@Suite struct ConfigurationTests {
  private let schema = ConfigSchema(
    options: ["dataset", "data", "variants", "epochs", "weight-decay", "out"], flags: ["checkpoints", "skip-broken"])

  private func read(_ text: String) throws -> ConfigFile { try read(Data(text.utf8)) }

  private func read(_ data: Data) throws -> ConfigFile {
    try withTemporaryFolder { folder in
      let file = folder.appendingPathComponent("config.yml")
      try data.write(to: file)
      return try ConfigFile(reading: file.path, for: schema)
    }
  }

  /// Returns the message with which a text is rejected, without the folder before the file name.
  private func refusal(_ text: String) -> String {
    do {
      _ = try read(text)
      return ""
    } catch { return "\(error)".replacing(/^\S*\.yml/, with: "FILE") }
  }

  @Test func keysAreOptionsWithTheirLines() throws {
    let file = try read(
      "# a comment\ndataset: cub\nepochs: 3\n\nvariants: [baseline, s3n]\ncheckpoints: true\nweight-decay: 1.0e-4\n")
    #expect(
      file.entries == [
        ConfigEntry("dataset", .text("cub"), line: 2), ConfigEntry("epochs", .text("3"), line: 3),
        ConfigEntry("variants", .list(["baseline", "s3n"]), line: 5), ConfigEntry("checkpoints", .flag(true), line: 6),
        ConfigEntry("weight-decay", .text("1.0e-4"), line: 7),
      ])
    #expect(try read("\u{FEFF}dataset: cub\n").entries == [ConfigEntry("dataset", .text("cub"), line: 1)])
    for empty in ["", "# nothing\n", "~", "---\n"] { #expect(try read(empty).entries.isEmpty) }
  }

  @Test(arguments: [
    ("epoch: 3", "FILE:1: there is no key \"epoch\"; did you mean \"epochs\"?"),
    ("dataset: cub\nzzzzzzzzzz: 3", "FILE:2: there is no key \"zzzzzzzzzz\". Known: checkpoints, data"),
    ("weight_decay: 3", "did you mean \"weight-decay\"?"), ("checkpoints: 1", "\"checkpoints\" takes true or false"),
    ("checkpoints: \"true\"", "true or false"), ("checkpoints: [true]", "found a list"),
    ("out: true", "takes a text"),
    ("out:", "found nothing"), ("out: {a: b}", "found a group of keys"), ("variants: [a, [b]]", "found a list"),
    ("variants: [a, ~]", "found nothing"), ("epochs: !!binary aGk=", "takes a text"), ("- dataset", "found a list"),
    ("dataset", "found \"dataset\""), ("? [a]\n: b", "a word as the key"), ("1: 2", "no key \"1\""),
    ("epochs: 1\nepochs: 2", "\"epochs\" appears more than once"), ("epochs: 1\n\"epochs\": 2", "more than once"),
    ("a: b: c", "FILE:1: mapping values are not allowed"), ("dataset: \"a", "FILE:"),
    ("dataset: 'a\n\n\n  - [", "FILE:"),
    ("a: 1\n--- \nb: 2", "found another document"), ("dataset: a\u{1}", "control characters"),
    ("a: *b", "undefined alias"), ("out: &a b", "anchors and aliases are not supported"),
    ("data: &a b\nout: *a", "FILE:1: anchors and aliases"), ("<<: {epochs: 3}", "a word as the key"),
    ("@: 3", "cannot start any token"), ("\tepochs: 3", "cannot start any token"),
  ])
  func whatIsNoConfigurationIsRefusedWithItsPlace(text: String, message: String) {
    #expect(refusal(text).contains(message), "\(refusal(text))")
  }

  /// Nine lists of nine lists of ...: a billion strings, in values and in keys, which are compared with each other.
  @Test(arguments: ["out: *i", "? *i\n: x\n? *h\n: x", "\"a\n # b\": *i"]) func treesDoNotExplode(end: String) {
    var text = "a: &a [x, x, x, x, x, x, x, x, x]\n"
    for (above, below) in zip("bcdefghi", "abcdefgh") {
      text += "\(above): &\(above) [" + Array(repeating: "*\(below)", count: 9).joined(separator: ", ") + "]\n"
    }
    #expect(refusal(text + end).contains("too many words begin with * or &"))
    #expect(refusal("a: &a [x]\nb: &b [*a, *a]\nout: *b\n").contains("FILE:1: anchors and aliases are not supported"))
  }

  @Test func aFileIsShortText() throws {
    #expect(refusal(String(repeating: "# long\n", count: 10_000)).contains("at most 65536 bytes"))
    #expect { try ConfigFile(reading: "/dev/zero", for: schema) } throws: { "\($0)".contains("at most 65536 bytes") }
    #expect(refusal(String(repeating: "[", count: 60_000)).contains("FILE:1"))
    #expect(throws: ConfigError.self) { try read(Data([0x61, 0x3A, 0x20, 0xE9])) }
    #expect(throws: ConfigError.self) { try ConfigFile(reading: "/nowhere/x.yml", for: schema) }
    #expect(throws: ConfigError.self) { try ConfigFile(reading: "/", for: schema) }
  }

  @Test func whatIsWrittenIsReadBack() throws {
    let texts = [
      "cub", "true", "~", "", "1-20", "0.5", "no", "a: b", "# c", "'", "\"", "*x", "&y", " z ", "é ☃", "null", "-1",
      "1e-05",
    ]
    for text in texts {
      let entries = [
        ConfigEntry("out", .text(text)), .init("variants", .list([text, "b"])), .init("checkpoints", .flag(true)),
      ]
      let read = try read(ConfigText.text(of: entries)).entries
      #expect(read.map(\.value) == entries.map(\.value), "\(ConfigText.text(of: entries))")
    }
    #expect(try read(ConfigText.text(of: [])).entries.isEmpty)
    let long = ConfigEntry("variants", .list((0..<60).map { "variant-\($0)" }))
    #expect(ConfigText.text(of: [long]).count { $0 == "\n" } == 1)
  }
}
