import Records

extension AccuracyTable {
  /// The table in LaTeX, for the packages booktabs and, if it is too wide, graphicx.
  public var latex: String {
    let columns = self.columns
    func row(_ cells: [String]) -> String { "  " + cells.joined(separator: " & ") + " \\\\\n" }
    let body = lines.indices.map { index in
      row(
        columns.map { column in
          // A minus sign, not a hyphen.
          let cell = latexEscaped(column.cells[index]).replacing(/(^|[ \[])-(?=[0-9])/) { "\($0.1)$-$" }
          return lines[index].isBetter && column.name == "top-1" ? "\\textbf{\(cell)}" : cell
        })
    }
    return """
      % \\usepackage{booktabs}
      \\begin{table}
      \\centering
      \\caption{\(latexEscaped(caption + (legend.isEmpty ? "" : " " + legend)))}
      \\begin{tabular}{l\(String(repeating: "r", count: columns.count - 1))}
      \\toprule
      \(row(columns.map { latexEscaped($0.name) }))\\midrule
      \(body.joined())\\bottomrule
      \\end{tabular}
      \\end{table}

      """
  }

  /// The table in GitHub's Markdown.
  public var markdown: String {
    let columns = self.columns
    let rows = lines.indices.map { index in
      columns.map { column in
        let cell = markdownEscaped(column.cells[index])
        return lines[index].isBetter && column.name == "top-1" ? "**\(cell)**" : cell
      }
    }
    return markdownEscaped(caption) + "\n\n" + markdownTable(columns.map(\.name), rows, right: 1..<columns.count)
      + "\n" + (legend.isEmpty ? "" : "\n" + markdownEscaped(legend) + "\n")
  }

  /// The same cells as CSV, with numbers in columns of their own.
  public var csv: String {
    let header = [
      "variant", "top1_percent", "accuracy", "interval_95", "top5", "class_mean", "difference_points", "difference",
      "verdict", "better", "seeds", "images",
    ]
    return csvLine(header)
      + lines.map { line in
        csvLine([
          line.label, line.top1.field, line.accuracy, line.interval, line.top5, line.meanClass, line.difference.field,
          line.differenceText, line.verdict, "\(line.isBetter)", line.seeds, line.images.field,
        ])
      }.joined()
  }
}

/// Returns text escaped for LaTeX.
func latexEscaped(_ text: String) -> String {
  text.map { character in
    switch character {
    case "&", "%", "$", "#", "_", "{", "}": "\\\(character)"
    case "\\": "\\textbackslash{}"
    case "~": "\\textasciitilde{}"
    case "^": "\\textasciicircum{}"
    case "±": "$\\pm$"
    case "…": "\\ldots{}"
    default: "\(character)"
    }
  }.joined()
}
