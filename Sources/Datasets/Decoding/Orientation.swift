/// How the camera was held: EXIF's orientation, from 1 (upright) to 8.
struct Orientation: Equatable {
  static let upright = Orientation(1)

  let number: Int

  init(_ number: Int) { self.number = (1...8).contains(number) ? number : 1 }

  /// Whether turning the image upright swaps width and height.
  var swapsSides: Bool { number >= 5 }
  /// Whether the stored columns run right to left in the upright image, or bottom to top if the sides are swapped.
  var flipsColumns: Bool { [2, 3, 7, 8].contains(number) }
  /// The same for rows: bottom to top, or right to left.
  var flipsRows: Bool { [3, 4, 6, 7].contains(number) }
}

extension RGBImage {
  /// The image turned upright, as by Pillow's `ImageOps.exif_transpose`.
  func turned(_ orientation: Orientation) -> RGBImage {
    guard orientation != .upright else { return self }
    let size = orientation.swapsSides ? (width: height, height: width) : (width: width, height: height)
    var turned = RGBImage(width: size.width, height: size.height, colour: .zero)
    for y in 0..<size.height {
      for x in 0..<size.width {
        let (column, row) = orientation.swapsSides ? (y, x) : (x, y)
        turned[x, y] =
          self[orientation.flipsColumns ? width - 1 - column : column, orientation.flipsRows ? height - 1 - row : row]
      }
    }
    return turned
  }
}
