extension Geometry {
  /// Maps a point of the source to the pixels of the window that is kept; the result may lie outside of the window.
  func place(of point: Annotation.Point) -> Annotation.Point {
    let x = (point.x - Double(crop.x)) * Double(width) / Double(crop.width) - Double(window.x)
    let y = (point.y - Double(crop.y)) * Double(height) / Double(crop.height) - Double(window.y)
    return Annotation.Point(flipped ? Double(window.width) - x : x, y)
  }
}

extension Annotation {
  /// This annotation after a transform, without points outside the window and boxes under a pixel wide and high.
  func seen(through geometry: Geometry) -> Annotation {
    let size = Point(Double(geometry.window.width), Double(geometry.window.height))
    func visible(_ point: Point) -> Point? {
      let place = geometry.place(of: point)
      return place.min() >= 0 && place.x < size.x && place.y < size.y ? place : nil
    }
    return Annotation(
      box: box.flatMap { box in
        let corners = (
          geometry.place(of: Point(box.x, box.y)), geometry.place(of: Point(box.x + box.width, box.y + box.height))
        )
        let low = pointwiseMax(pointwiseMin(corners.0, corners.1), .zero)
        let high = pointwiseMin(pointwiseMax(corners.0, corners.1), size)
        return low.x < high.x && low.y < high.y && (high - low).max() >= 1
          ? Box(x: low.x, y: low.y, width: high.x - low.x, height: high.y - low.y) : nil
      },
      parts: parts.map { $0.flatMap(visible) })
  }
}
