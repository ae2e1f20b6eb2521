import Datasets
import Figures
import Models
import Operators
import Tensors

/// One panel of an explained image: pixels, and overlays.
struct Panel {
  typealias Point = PictureSheet.Point

  let caption: String
  /// (1, h, w, 3), normalised like the model's input; or a map (1, h, w, 1) in [0, 1].
  private let pixels: Tensor
  private var lines: [(PictureSheet.Line, [Point])] = []
  private var dots: [(PictureSheet.Dot, Point)] = []

  private init(_ caption: String, _ pixels: Tensor) { (self.caption, self.pixels) = (caption, pixels) }

  /// All panels of an image, in the order of the stages.
  static func all(of explanation: Explanation) -> [Panel] {
    var panels = [input(explanation), Panel("class response", explanation.classResponse), response(explanation)]
    for view in explanation.views {
      if let attention = view.attention { panels.append(map("attention \(letter(view.branch))", attention, of: nil)) }
    }
    panels += explanation.views.map { grid($0, explanation) }
    panels += explanation.views.map { Panel("seen by \(letter($0.branch))", $0.sampled) }
    return panels + [Panel("Grad-CAM, raw head", explanation.gradCAM.stretched)]
  }

  private static func letter(_ branch: Branch) -> String { branch == .discriminative ? "D" : "C" }

  private static func input(_ explanation: Explanation) -> Panel {
    var panel = Panel("input", explanation.image)
    let side = Double(explanation.image.shape[1])
    if let box = explanation.annotation?.box {
      let (low, high) = (Point(box.x, box.y) / side, Point(box.x + box.width, box.y + box.height) / side)
      panel.lines.append((.box, [low, Point(high.x, low.y), high, Point(low.x, high.y), low]))
    }
    panel.dots = (explanation.annotation?.parts ?? []).compactMap { $0.map { (.part, $0 / side) } }
    return panel
  }

  /// The response with its peaks.
  private static func response(_ explanation: Explanation) -> Panel {
    var panel = map("response, peaks", explanation.response, of: 1)
    let last = Double(explanation.response.shape[1] - 1)
    for set in PeakSet.allCases {
      let dot: PictureSheet.Dot =
        switch set {
        case .all: .peak
        case .discriminative: .discriminative
        case .complementary: .complementary
        }
      panel.dots += (explanation.peaks[set] ?? []).map { (dot, Point(Double($0.column), Double($0.row)) / last) }
    }
    return panel
  }

  /// A map (1, G, G), scaled so that `maximum`, by default its own, becomes 1.
  private static func map(_ caption: String, _ map: Tensor, of maximum: Float?) -> Panel {
    let values = map.elements
    let top = maximum ?? max(values.max() ?? 1, 1e-9)
    return Panel(caption, Tensor(values.map { $0 / top }, shape: map.shape + [1]))
  }

  /// The input with every third line of a branch's sampling grid.
  private static func grid(_ view: Explanation.View, _ explanation: Explanation) -> Panel {
    var panel = Panel("grid \(letter(view.branch))", explanation.image)
    let side = view.grid.shape[1]
    func place(_ row: Int, _ column: Int) -> Point {
      let cell = 2 * (row * side + column)
      return (Point(Double(view.grid[cell]), Double(view.grid[cell + 1])) + 1) / 2
    }
    for line in stride(from: 0, to: side, by: 3) {
      panel.lines.append((.grid, (0..<side).map { place(line, $0) }))
      panel.lines.append((.grid, (0..<side).map { place($0, line) }))
    }
    return panel
  }

  // MARK: Drawing

  /// The pixels, enlarged to a square.
  func image(side: Int) -> RGBImage {
    let large = BilinearResize.forward(pixels, height: side, width: side)
    guard pixels.shape[3] == 1 else { return RGBImage(large.reshaped([side, side, 3])) }
    let colours = large.elements.flatMap { value in
      let colour = ColourMap.colour(value)
      return [colour.x, colour.y, colour.z]
    }
    return RGBImage(width: side, height: side, pixels: colours)
  }

  func draw(on sheet: inout PictureSheet, corner: Point, side: Double) {
    for (line, points) in lines { sheet.draw(line, through: points.map { corner + $0 * side }) }
    for (dot, point) in dots { sheet.mark(corner + point * side, dot) }
  }
}
