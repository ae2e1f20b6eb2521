import Foundation

// Formatting of text for the terminal, shared everywhere.

/// The width of tables and texts, in columns.
package let terminalWidth = 80

/// The text of an interval, as written everywhere: "[1.5, 2.0]".
package func intervalText(_ low: Double, _ high: Double, digits: Int = 1) -> String {
  func text(_ value: Double) -> String {
    let text = String(format: "%.\(digits)f", value)
    return text.allSatisfy { "-0.".contains($0) } ? text.replacing("-", with: "") : text
  }
  return "[\(text(low)), \(text(high))]"
}

/// The text in lines of at most `width` characters, broken at spaces.
package func wrapped(_ text: String, to width: Int = terminalWidth) -> String {
  var lines: [String] = []
  for word in text.split(separator: " ") {
    if let last = lines.last, last.count + 1 + word.count <= width {
      lines[lines.count - 1] = last + " " + word
    } else {
      lines.append(String(word))
    }
  }
  return lines.joined(separator: "\n") + "\n"
}

/// The text with Markdown's special characters escaped.
package func markdownEscaped(_ text: String) -> String {
  text.map { "\\|*_`<>#".contains($0) ? "\\\($0)" : "\($0)" }.joined()
}

extension String {
  /// The text with its middle left out, in at most `length` characters.
  package func shortened(to length: Int) -> String {
    count <= length ? self : "\(prefix(length / 2))…\(suffix(length - length / 2 - 1))"
  }
}

/// Shortens the texts in the middle to `length` characters, or to as many as keep different texts different.
package func shortenedApart(_ texts: [String], to length: Int) -> [String] {
  let (count, longest) = (Set(texts).count, texts.map(\.count).max() ?? 0)
  let fitting = (min(length, longest)...longest).first { length in
    Set(texts.map { $0.shortened(to: length) }).count == count
  }
  return texts.map { $0.shortened(to: fitting ?? longest) }
}
