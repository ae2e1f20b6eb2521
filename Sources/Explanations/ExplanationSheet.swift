import Datasets
import Figures
import Models
import Operators
import Tensors

/// A sheet of explained images, one per row: panels of the stages of each, and the heads' answers.
public struct ExplanationSheet {
  typealias Point = PictureSheet.Point

  private let explanations: [Explanation]
  private let classNames: [String]
  private let panels: [[Panel]]

  // In pixels of the figure.
  private static let panel = 150.0
  private static let gap = 8.0
  private static let margin = 24.0
  private static let head = 74.0
  private static let foot = 52.0
  private static let rowHead = 46.0
  private static let line = 17.0
  private static let rowFoot = 26.0
  /// Pixels of the picture per pixel of the figure.
  private static let scale = 1.5

  /// `classNames` are indexed by label.
  public init(_ explanations: [Explanation], classNames: [String]) {
    self.explanations = explanations
    self.classNames = classNames.map(readableClass)
    panels = explanations.map(Panel.all)
  }

  /// The sheet as a figure; throws `cannotEncode` if its panels cannot be written as a .png file.
  public func figure(
    name: String, title: String, subtitle: String, rule: String
  ) throws(DatasetError) -> PictureSheet {
    let columns = panels.map(\.count).max() ?? 1
    let width = Int(2 * Self.margin + Double(columns) * (Self.panel + Self.gap) - Self.gap)
    let height = Int(Self.head + Double(panels.count) * rowHeight + Self.foot)
    var picture = RGBImage(
      width: Int(Double(width) * Self.scale), height: Int(Double(height) * Self.scale), colour: [255, 255, 255])
    for (row, panels) in panels.enumerated() {
      for (column, panel) in panels.enumerated() {
        let corner = corner(row, column) * Self.scale
        picture.paste(panel.image(side: Int(Self.panel * Self.scale)), x: Int(corner.x), y: Int(corner.y))
      }
    }
    var sheet = PictureSheet(
      name: name, size: FigureSize(width: width, height: height), picture: try picture.png(), scale: Self.scale)
    sheet.write(title, at: Point(Self.margin, 24), .title)
    sheet.write(subtitle, at: Point(Self.margin, 47), .subtitle)
    for row in explanations.indices { draw(row, on: &sheet) }
    sheet.write(rule, at: Point(Self.margin, Double(height) - 38), .subtitle)
    sheet.write(Self.legend, at: Point(Self.margin, Double(height) - 16), .caption)
    return sheet
  }

  private static let legend =
    "Box, green dots: annotated. Circles: peaks, red where D looks, blue where C looks. Grid: the places that each branch "
    + "samples, dense where it enlarges. Blue words: the image's own class. Maps: dark is low, yellow high; attention to its "
    + "own maximum."

  /// From the top of one row to the top of the next.
  private var rowHeight: Double { Self.rowHead + Self.panel + 6 * Self.line + Self.rowFoot }

  /// The top left corner of a panel.
  private func corner(_ row: Int, _ column: Int) -> Point {
    Point(
      Self.margin + Double(column) * (Self.panel + Self.gap), Self.head + Double(row) * rowHeight + Self.rowHead)
  }

  private func draw(_ row: Int, on sheet: inout PictureSheet) {
    let explanation = explanations[row]
    let origin = corner(row, 0)
    let label = explanation.isLabelled ? ": \(classNames[explanation.sample.label])" : ""
    sheet.write(Self.fileName(explanation.sample.id) + label, at: origin - Point(0, 34), .heading)
    for (column, panel) in panels[row].enumerated() {
      let corner = corner(row, column)
      sheet.write(panel.caption, at: corner - Point(0, 10), .caption)
      panel.draw(on: &sheet, corner: corner, side: Self.panel)
    }
    let below = origin + Point(0, Self.panel + 14)
    let width = (Double(sheet.size.width) - 2 * Self.margin) / Double(explanation.answers.count)
    for (index, answer) in explanation.answers.enumerated() {
      let left = below + Point(Double(index) * width, 0)
      sheet.write("\(answer.head.rawValue) head", at: left, .caption)
      for (place, entry) in answer.top.enumerated() {
        let isRight = explanation.isLabelled && entry.label == explanation.sample.label
        sheet.write(
          "\(Self.percent(entry.probability)) %   \(classNames[entry.label])",
          at: left + Point(0, Double(place + 1) * Self.line), isRight ? .right : .answer)
      }
    }
  }

  private static func percent(_ probability: Float) -> String {
    let tenths = Int((probability * 1000).rounded())
    return "\(tenths / 10).\(tenths % 10)"
  }

  private static func fileName(_ id: String) -> String { String(id.split(separator: "/").last ?? "") }
}
