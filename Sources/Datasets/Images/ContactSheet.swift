/// A picture of a dataset: some images of each class under its name.
public struct ContactSheet: Sendable {
  /// Images per class.
  public var perClass: Int
  /// The images' width and height.
  public var thumbnail: Int
  /// Classes side by side.
  public var columns: Int

  public init(perClass: Int = 5, thumbnail: Int = 112, columns: Int = 2) {
    precondition(perClass > 0 && thumbnail > 0 && columns > 0, "a contact sheet needs images")
    (self.perClass, self.thumbnail, self.columns) = (perClass, thumbnail, columns)
  }

  /// A sheet of the first test images of each class, cropped to central squares. `goOn` gets the number of classes done
  /// and in total; returning false stops with `interrupted`.
  public func image(
    of dataset: Dataset, goOn: (_ done: Int, _ count: Int) -> Bool = { _, _ in true }
  ) throws(DatasetError) -> RGBImage {
    let (gap, margin, band) = (4, 16, 26)
    let cellWidth = perClass * (thumbnail + gap) - gap
    let cellHeight = band + thumbnail
    let rows = (dataset.classNames.count + columns - 1) / columns
    var sheet = RGBImage(
      width: columns * (cellWidth + margin) + margin, height: rows * (cellHeight + margin) + margin,
      colour: [250, 249, 246])
    for (label, name) in dataset.classNames.enumerated() {
      guard goOn(label, dataset.classNames.count) else { throw .interrupted }
      let x = margin + label % columns * (cellWidth + margin)
      let y = margin + label / columns * (cellHeight + margin)
      let words = String(name.map { $0 == "_" ? " " : $0 })
      let scale = max(1, min(2, cellWidth / (words.count * Lettering.advance)))
      Lettering.write(words, on: &sheet, x: x, y: y + 4, scale: scale, colour: [60, 58, 54])
      for (index, sample) in dataset.test.filter({ $0.label == label }).prefix(perClass).enumerated() {
        let image = try dataset.image(sample)
        let side = min(image.width, image.height)
        let whole = Rectangle(x: 0, y: 0, width: thumbnail, height: thumbnail)
        let geometry = Geometry(
          crop: .centre(of: image.width, image.height, size: side), width: thumbnail, height: thumbnail, window: whole)
        sheet.paste(Resampler().resample(image, geometry), x: x + index * (thumbnail + gap), y: y + band)
      }
    }
    return sheet
  }
}
