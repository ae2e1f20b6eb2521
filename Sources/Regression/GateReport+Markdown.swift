import Records

extension GateReport {
  /// A heading, the sentence, a table of all checks and the notes: for a job's summary page or a comment.
  public var markdown: String {
    func cell(_ text: String) -> String {
      text.replacing("\\", with: "\\\\").replacing("|", with: "\\|").replacing("<", with: "&lt;")
        .split(whereSeparator: \.isNewline).joined(separator: " ")
    }
    // The checks of most interest come first.
    let order: [Check.Outcome] = [.regression, .improvement, .reported, .same]
    let rows = order.flatMap { outcome in checks.filter { $0.outcome == outcome } }.map { $0.cells.map(cell) }
    let table =
      rows.isEmpty ? "" : markdownTable(["compared", "of", "baseline", "now", "change", "outcome"], rows) + "\n"
    return (["### \(cell(title))\n", cell(sentence) + "\n", table] + notes.map { "- \(cell($0))\n" })
      .filter { !$0.isEmpty }.joined(separator: "\n")
  }
}
