extension GateReport {
  /// JUnit's XML as CI systems read it: a test case for each check. An improvement is a failure of its own type, as the exit
  /// code says that the baseline wants refreshing; what is not gated is skipped; what cannot be compared is an error.
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

/// Text as XML 1.0 takes it, within an attribute too.
private func escaped(_ text: String) -> String {
  text.unicodeScalars.map { scalar in
    switch scalar {
    case "&": "&amp;"
    case "<": "&lt;"
    case ">": "&gt;"
    case "\"": "&quot;"
    case "\n": "&#10;"
    case "\t": "&#9;"
    // XML has no way to write the other controls, nor the last two of the plane, which are no characters.
    case _ where scalar.value < 0x20 || scalar.value & ~1 == 0xFFFE: "\u{FFFD}"
    default: String(scalar)
    }
  }.joined()
}
