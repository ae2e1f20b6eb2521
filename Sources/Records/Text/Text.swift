import Foundation

// How text for the terminal is formed, in one way everywhere.

/// The columns that tables and texts keep to.
package let terminalWidth = 80

/// An interval as it is written everywhere: "[1.5, 2.0]".
package func intervalText(_ low: Double, _ high: Double, digits: Int = 1) -> String {
  func text(_ value: Double) -> String {
    let text = String(format: "%.\(digits)f", value)
    return text.allSatisfy { "-0.".contains($0) } ? text.replacing("-", with: "") : text
  }
  return "[\(text(low)), \(text(high))]"
}

/// The text in lines of at most `width` characters, broken at blanks.
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

/// Text as Markdown shows it.
package func markdownEscaped(_ text: String) -> String {
  text.map { "\\|*_`<>#".contains($0) ? "\\\($0)" : "\($0)" }.joined()
}

extension String {
  /// At most `length` characters, the middle left out.
  package func shortened(to length: Int) -> String {
    count <= length ? self : "\(prefix(length / 2))…\(suffix(length - length / 2 - 1))"
  }
}

/// The texts with their middles left out, as far as they fit into `length` characters and those that differ still do.
package func shortenedApart(_ texts: [String], to length: Int) -> [String] {
  let (count, longest) = (Set(texts).count, texts.map(\.count).max() ?? 0)
  let fitting = (min(length, longest)...longest).first { length in
    Set(texts.map { $0.shortened(to: length) }).count == count
  }
  return texts.map { $0.shortened(to: fitting ?? longest) }
}
