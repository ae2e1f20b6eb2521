import Foundation

/// Returns text escaped for HTML, in content and in quoted attributes.
func escaped(_ text: String) -> String {
  var result = ""
  for scalar in text.unicodeScalars {
    switch scalar {
    case "&": result += "&amp;"
    case "<": result += "&lt;"
    case ">": result += "&gt;"
    case "\"": result += "&quot;"
    case "'": result += "&#39;"
    // Characters that HTML does not allow.
    case "\u{0}"..."\u{8}", "\u{B}", "\u{C}", "\u{E}"..."\u{1F}", "\u{7F}": result += "\u{FFFD}"
    default: result.unicodeScalars.append(scalar)
    }
  }
  return result
}

/// Returns a URL that embeds a file in a page.
func dataURL(_ type: String, _ data: Data) -> String { "data:\(type);base64,\(data.base64EncodedString())" }

/// A table whose columns can be sorted if it has several rows.
struct HTMLTable {
  /// A cell: its text, and the number that it is sorted by, if any.
  struct Cell {
    var text: String
    var value: Double?
    var isStrong = false
    /// A class of the style sheet.
    var style = ""

    init(_ text: String, value: Double? = nil, isStrong: Bool = false, style: String = "") {
      (self.text, self.value, self.isStrong, self.style) = (text, value, isStrong, style)
    }
  }

  let caption: String
  let header: [String]
  let rows: [[Cell]]
  var isSortable = true

  var html: String {
    let sorts = isSortable && rows.count > 1
    let head = header.map { name in
      sorts
        ? "<th scope=\"col\" aria-sort=\"none\"><button type=\"button\">\(escaped(name))</button></th>"
        : "<th scope=\"col\">\(escaped(name))</th>"
    }
    let body = rows.map { row in
      "<tr>" + row.enumerated().map { column, cell in html(of: cell, isHeader: column == 0) }.joined() + "</tr>\n"
    }
    return """
      <div class="scroll" role="region" tabindex="0" aria-label="\(escaped(caption))"><table\(sorts ? " class=\"sortable\"" : "")>
      <caption>\(escaped(caption))</caption>
      <thead><tr>\(head.joined())</tr></thead>
      <tbody>
      \(body.joined())</tbody></table></div>

      """
  }

  private func html(of cell: Cell, isHeader: Bool) -> String {
    let text = cell.isStrong ? "<strong>\(escaped(cell.text))</strong>" : escaped(cell.text)
    let value = cell.value.map { " data-value=\"\($0)\"" } ?? ""
    let style = cell.style.isEmpty ? "" : " class=\"\(cell.style)\""
    return isHeader ? "<th scope=\"row\"\(value)>\(text)</th>" : "<td\(value)\(style)>\(text)</td>"
  }
}
