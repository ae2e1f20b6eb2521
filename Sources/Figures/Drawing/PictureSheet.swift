import Records

/// A picture with lines, marks and text drawn over it, in pixels of the figure from its top left corner.
public struct PictureSheet: Figure {
  public typealias Point = SIMD2<Double>

  /// The style of a line.
  public enum Line: String, CaseIterable, Sendable {
    case box, grid

    var style: String {
      switch self {
      case .box: "linewidth 1.6 linecolor rgb '\(Style.yellow)'"
      case .grid: "linewidth 0.8 linecolor rgb '\(Style.yellow)'"
      }
    }
  }

  /// The style of a mark.
  public enum Dot: String, CaseIterable, Sendable {
    case part, peak, discriminative, complementary

    var style: String {
      switch self {
      case .part: "pointtype 7 pointsize 0.9 * dot linecolor rgb '\(Style.green)'"
      case .peak: "pointtype 6 pointsize 1.2 * dot linewidth 1.5 linecolor rgb '#FFFFFF'"
      case .discriminative: "pointtype 6 pointsize 2 * dot linewidth 2 linecolor rgb '\(Style.vermilion)'"
      case .complementary: "pointtype 6 pointsize 2.8 * dot linewidth 2 linecolor rgb '\(Style.sky)'"
      }
    }
  }

  /// The style of text.
  public enum Words: String, CaseIterable, Sendable {
    case title, subtitle, heading, caption, answer, right

    var style: String {
      switch self {
      case .title: "font ',20' textcolor rgb '\(Style.ink)'"
      case .subtitle: "font ',14' textcolor rgb '\(Style.quiet)'"
      case .heading: "font ',15' textcolor rgb '\(Style.ink)'"
      case .caption: "font ',12' textcolor rgb '\(Style.quiet)'"
      case .answer: "font ',12' textcolor rgb '\(Style.ink)'"
      case .right: "font ',12' textcolor rgb '\(Style.blue)'"
      }
    }
  }

  public let name: String
  public let size: FigureSize
  public let pictures: [FigurePicture]
  public let columns = ["kind", "x", "y", "words"]
  public private(set) var rows: [[String]] = []
  /// Pixels of the picture per pixel of the figure.
  private let scale: Double

  /// A sheet over a picture (.png) that has `scale` times as many pixels along each side as the figure.
  public init(name: String, size: FigureSize, picture: [UInt8], scale: Double) {
    (self.name, self.size, self.scale) = (name, size, scale)
    pictures = [FigurePicture(name: "\(name)-panels.png", png: picture)]
  }

  public mutating func draw(_ line: Line, through points: [Point]) {
    rows += points.map { [line.rawValue, $0.x.field, $0.y.field, ""] } + [["end", "0", "0", ""]]
  }

  public mutating func mark(_ point: Point, _ dot: Dot) {
    rows.append([dot.rawValue, point.x.field, point.y.field, ""])
  }

  /// Writes text, left-aligned and vertically centred at a point.
  public mutating func write(_ text: String, at point: Point, _ words: Words) {
    rows.append([words.rawValue, point.x.field, point.y.field, text])
  }

  public var commands: String {
    let used = Set(rows.map { $0[0] })
    let place = Style.number(0.5 / scale, digits: 6)
    let step = Style.number(1 / scale, digits: 6)
    let layers =
      Line.allCases.filter { used.contains($0.rawValue) }.map {
        "data using (of('\($0.rawValue)', $2)):3 with lines \($0.style) title '\($0.rawValue)'"
      }
      + Dot.allCases.filter { used.contains($0.rawValue) }.map {
        "data using (of('\($0.rawValue)', $2)):3 with points \($0.style) title '\($0.rawValue)'"
      }
      + Words.allCases.filter { used.contains($0.rawValue) }.map {
        "data using (of('\($0.rawValue)', $2)):3:4 with labels left \($0.style) title '\($0.rawValue)'"
      }
    let picture = """
      '\(pictures[0].name)' binary filetype=png origin=(\(place),\(place)) dx=\(step) dy=\(step) flipy \\
          with rgbimage title 'panels'
      """
    return """
      set lmargin at screen 0
      set rmargin at screen 1
      set tmargin at screen 1
      set bmargin at screen 0
      unset tics
      unset grid
      set xrange [0:\(size.width)]
      set yrange [\(size.height):0]
      of(kind, value) = strcol(1) eq kind ? value : NaN
      plot \(([picture] + layers).joined(separator: ", \\\n  "))
      """
  }
}
