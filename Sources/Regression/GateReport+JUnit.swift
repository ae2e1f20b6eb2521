extension GateReport {
  /// JUnit XML as CI systems read it: a test case for each check. An improvement is a failure of its own type, since
  /// the exit code says that the baseline should be refreshed; a check that is not gated is skipped; runs that cannot
  /// be compared are an error.
  public var junit: String {
    let failures = checks.count { $0.outcome == .regression || $0.outcome == .improvement }
    let skipped = checks.count { $0.outcome == .reported }
    let errors = obstacle == nil ? 0 : 1
    let counts =
      "tests=\"\(checks.count + errors)\" failures=\"\(failures)\" errors=\"\(errors)\" skipped=\"\(skipped)\""
    var cases = checks.map(Self.testCase)
    if let obstacle {
      cases.append(
        Self.element("testcase", ["classname": "comparable", "name": "the two can be compared"]) {
          Self.element("error", ["type": "not comparable", "message": "\(obstacle)"])
        })
    }
    let notes = notes.isEmpty ? "" : "<system-out>\(escaped(notes.joined(separator: "\n")))</system-out>\n"
    return """
      <?xml version="1.0" encoding="UTF-8"?>
      <testsuites name="bench regress" \(counts)>
      <testsuite name="\(escaped(title))" \(counts)>
      \(cases.joined())\(notes)</testsuite>
      </testsuites>

      """
  }

  private static func testCase(_ check: Check) -> String {
    element("testcase", ["classname": check.measure.rawValue, "name": check.subject]) {
      let message = "\(check.baseline) in the baseline, \(check.now) now: \(check.change)"
      return switch check.outcome {
      case .same: ""
      case .reported: element("skipped", ["message": "not gated: \(message)"])
      case .regression, .improvement: element("failure", ["type": check.outcome.rawValue, "message": message])
      }
    }
  }

  /// An element with its attributes sorted by name.
  private static func element(
    _ name: String, _ attributes: [String: String], _ contents: () -> String = { "" }
  ) -> String {
    let contents = contents()
    let start = ([name] + attributes.sorted { $0.key < $1.key }.map { "\($0)=\"\(escaped($1))\"" })
      .joined(separator: " ")
    return contents.isEmpty ? "<\(start)/>\n" : "<\(start)>\(contents)</\(name)>\n"
  }
}

/// Escapes text for XML 1.0, including attribute values.
private func escaped(_ text: String) -> String {
  text.unicodeScalars.map { scalar in
    switch scalar {
    case "&": "&amp;"
    case "<": "&lt;"
    case ">": "&gt;"
    case "\"": "&quot;"
    case "\n": "&#10;"
    case "\t": "&#9;"
    // XML cannot represent the other control characters, nor U+FFFE and U+FFFF, which are no characters.
    case _ where scalar.value < 0x20 || scalar.value & ~1 == 0xFFFE: "\u{FFFD}"
    default: String(scalar)
    }
  }.joined()
}
