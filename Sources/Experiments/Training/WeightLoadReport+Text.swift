import Files
import Models
import Records
import WeightFiles

extension WeightLoadReport {
  /// Copies what a state dict says about its file.
  mutating func note(_ dict: StateDict) {
    leftOut = dict.leftOut
    origin = dict.origin
  }

  /// One line with the counts, the tensors' origin, and the names in the file of those not loaded.
  public var summary: String {
    func named(_ names: [String], _ what: String) -> String? {
      guard !names.isEmpty else { return nil }
      let rest = names.count > 3 ? " and \(names.count - 3) more" : ""
      let examples = names.prefix(3).map { printable(nameInFile($0)) }.joined(separator: ", ")
      return "\(names.count) \(what) (\(examples)\(rest))"
    }
    func named(_ things: [WeightFile.LeftOut]) -> String? {
      guard !things.isEmpty else { return nil }
      let rest = things.count > 6 ? " and \(things.count - 6) more" : ""
      return "left out " + things.prefix(6).map { printable("\($0.name) (\($0.reason))") }.joined(separator: ", ")
        + rest
    }
    return [
      "\(loaded.count) tensors loaded\(origin)", named(absent, "absent"),
      named(wrongShape.map(\.name), "of another shape"),
      named(unused, "unused"), named(ignored.map(\.name), "ignored"), named(leftOut),
    ].compactMap { $0 }.joined(separator: ", ")
  }

  /// The outcome for every tensor, as CSV.
  var csv: String {
    func line(_ name: String, _ outcome: String, _ expected: [Int] = [], _ found: [Int] = []) -> String {
      func text(_ shape: [Int]) -> String { shape.map(String.init).joined(separator: "x") }
      return csvLine([name, outcome, text(expected), text(found), nameInFile(name)])
    }
    let lines =
      loaded.map { line($0, "loaded") } + absent.map { line($0, "absent") }
      + wrongShape.map { line($0.name, "wrong_shape", $0.expected, $0.found) } + unused.map { line($0, "unused") }
      + ignored.map { line($0.name, "ignored") } + leftOut.map { line($0.name, "left_out") }
    return csvLine(["tensor", "outcome", "expected_shape", "found_shape", "name_in_file"]) + lines.joined()
  }
}
