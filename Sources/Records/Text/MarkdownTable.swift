/// A table in GitHub's Markdown, without a line break at its end. The cells are Markdown already; the columns in `right`
/// are aligned to the right.
package func markdownTable(_ header: [String], _ rows: [[String]], right: Range<Int> = 0..<0) -> String {
  let rule = header.indices.map { right.contains($0) ? "---:" : "---" }
  return ([header, rule] + rows).map { "| " + $0.joined(separator: " | ") + " |" }.joined(separator: "\n")
}
