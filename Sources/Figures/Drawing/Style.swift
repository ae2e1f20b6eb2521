import Foundation

/// The common look of all figures.
enum Style {
  // Okabe and Ito's palette, which is distinguishable with any kind of colour vision.
  static let blue = "#0072B2"
  static let ink = "#222222"
  static let quiet = "#666666"
  static let paleBlue = "#A6CEE8"
  static let palestBlue = "#DFEDF7"
  static let vermilion = "#D55E00"
  static let paleVermilion = "#F2BF9C"
  static let palestVermilion = "#FBE8DC"
  static let green = "#009E73"
  static let purple = "#AA4488"
  static let orange = "#B87800"
  static let sky = "#3A94C8"
  static let yellow = "#F0E442"
  static let grid = "#E6E6E6"
  static let paleQuiet = "#DADADA"

  /// The colour of line `index` of a chart, which its label shares.
  static func colour(_ index: Int) -> String {
    let colours = [blue, vermilion, green, purple, orange, sky, ink, quiet]
    return colours[index % colours.count]
  }

  /// Fonts in order of preference; the renderer takes the first one that it has.
  static let font = "Helvetica Neue, Helvetica, Arial, DejaVu Sans, sans-serif"
  static let fontSize = 15

  // The terminals scale default text and points differently: every text gives its size, and `dot` that of points.
  static func svgTerminal(name: String, _ size: FigureSize) -> String {
    """
    set terminal svg size \(size.width),\(size.height) noenhanced background '#FFFFFF' font '\(font),\(fontSize)' \
    name '\(name.replacing("-", with: "_"))'
    dot = 0.5
    """
  }

  static func pngTerminal(_ size: FigureSize) -> String {
    """
    set terminal pngcairo size \(2 * size.width),\(2 * size.height) noenhanced background '#FFFFFF' \
    font '\(font),\(fontSize)' fontscale 1.5 linewidth 2 pointscale 2
    dot = 0.75
    """
  }

  static func pdfTerminal(_ size: FigureSize) -> String {
    // 96 pixels make an inch; the terminal uses 4/3 pixels per point, like pngcairo.
    let inches = [size.width, size.height].map { number(Double($0) / 96, digits: 4) + "in" }
    return """
      set terminal pdfcairo size \(inches[0]),\(inches[1]) noenhanced background '#FFFFFF' \
      font '\(font),\(fontSize)' fontscale 0.5625 linewidth 1 pointscale 1
      dot = 0.75
      """
  }

  /// The circles of single seeds along the rows of a figure: white with an ink outline.
  static func seeds(_ value: String) -> String {
    """
    data using (\(value)):1 with points pointtype 7 pointsize dot \\
        linecolor rgb '#FFFFFF' title 'seeds', \\
      data using (\(value)):1 with points pointtype 6 pointsize dot linewidth 1.2 \\
        linecolor rgb '\(ink)' title 'seeds'
    """
  }

  static let setup = """
    set encoding utf8
    set datafile separator comma
    set datafile missing ''
    unset key
    set border 0
    set tics nomirror scale 0
    set xtics font ',13' textcolor rgb '\(quiet)' format '%g %%'
    set ytics textcolor rgb '\(ink)'
    set grid xtics linetype 1 linecolor rgb '\(grid)' linewidth 1
    set style fill solid 1 noborder
    """

  /// Everything around the plot, left-aligned: title, subtitle, caption, and margins for labels at the sides.
  static func frame(title: String, subtitle: String, caption: String, size: FigureSize, margins: Margins) -> String {
    let (width, height) = (Double(size.width), Double(size.height))
    func y(_ pixelsFromTop: Double) -> String { number(1 - pixelsFromTop / height, digits: 5) }
    return """
      \(texts(title: title, subtitle: subtitle, caption: caption, size: size))
      set lmargin at screen \(number(Double(margins.left) / width, digits: 5))
      set rmargin at screen \(number(1 - Double(margins.right) / width, digits: 5))
      set tmargin at screen \(y(Double(headHeight)))
      set bmargin at screen \(number(Double(footHeight) / height, digits: 5))
      """
  }

  /// Title, subtitle and caption, as the labels 1, 2 and 3.
  static func texts(title: String, subtitle: String, caption: String, size: FigureSize) -> String {
    let height = Double(size.height)
    func y(_ pixelsFromTop: Double) -> String { number(1 - pixelsFromTop / height, digits: 5) }
    return """
      set label 1 \(quoted(title)) at screen 0.02, screen \(y(24)) font ',20' textcolor rgb '\(ink)'
      set label 2 \(quoted(subtitle)) at screen 0.02, screen \(y(46)) font ',14' textcolor rgb '\(quiet)'
      set label 3 \(quoted(caption)) at screen 0.02, screen \(y(height - 18)) font ',12' textcolor rgb '\(quiet)'
      """
  }

  /// Margins left and right of the plot, in pixels.
  struct Margins {
    let left: Int
    let right: Int

    /// Makes room for labels on both sides.
    init(leftLabels: [String], rightLabels: [String]) {
      left = (leftLabels.map(Style.width).max() ?? 0) + 28
      right = (rightLabels.map(Style.width).max() ?? 0) + 28
    }
  }

  /// The pixels above and below the plot.
  static let headHeight = 88
  static let footHeight = 66

  /// Text as a quoted gnuplot string.
  static func quoted(_ text: String) -> String {
    "'" + text.replacing("'", with: "''").replacing("\n", with: " ") + "'"
  }

  /// The approximate width of `text` in pixels at the font size.
  static func width(of text: String) -> Int { Int(Double(text.count * fontSize) * 0.6) }

  /// A label's shift to the right by `pixels` in a figure of `size`.
  static func shift(_ pixels: Int, _ size: FigureSize) -> String {
    "offset screen \(number(Double(pixels) / Double(size.width), digits: 5)),0"
  }

  /// `value` in fixed notation with `digits` decimals.
  static func number(_ value: Double, digits: Int = 1) -> String { String(format: "%.\(digits)f", value) }
}
