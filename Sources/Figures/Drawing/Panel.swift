/// A part of a figure with its own axes: its edges in pixels from the figure's top left.
struct Panel {
  let left: Int
  let right: Int
  let top: Int
  let bottom: Int

  /// The commands that place the next plot.
  func margins(in size: FigureSize) -> String {
    func share(_ pixels: Int, of all: Int) -> String { Style.number(Double(pixels) / Double(all), digits: 5) }
    return """
      set lmargin at screen \(share(left, of: size.width))
      set rmargin at screen \(share(right, of: size.width))
      set tmargin at screen \(share(size.height - top, of: size.height))
      set bmargin at screen \(share(size.height - bottom, of: size.height))
      """
  }

  /// The command that writes the panel's title above its left edge.
  static func title(_ text: String) -> String {
    "set label 9 \(Style.quoted(text)) at graph 0, graph 1 left offset 0,0.9 font ',15' textcolor rgb '\(Style.ink)'"
  }

  /// The commands of a figure of panels; `texts` are drawn with the first.
  static func all(_ texts: String, _ panels: [String]) -> String {
    let parts = panels.enumerated().map { index, panel in
      (index == 0 ? texts : "unset label\nunset arrow") + "\n" + panel
    }
    return "unset label\nunset arrow\nset multiplot\n" + parts.joined(separator: "\n") + "\nunset multiplot"
  }

  /// The commands of unobtrusive axes: grid lines along `grid`, numbers without a unit.
  static func axes(grid: String) -> String {
    let quiet = "font ',13' textcolor rgb '\(Style.quiet)' format '%g'"
    return """
      unset grid
      set grid \(grid) linetype 1 linecolor rgb '\(Style.grid)' linewidth 1
      set xtics autofreq \(quiet)
      set ytics autofreq \(quiet)
      """
  }
}
