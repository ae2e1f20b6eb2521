import CKernels

/// Crops, resizes, flips and normalises in one pass, with the results of the separate steps; use one per thread.
///
/// Computes only the rows and columns in the result. `ReferenceResampling` has the separate steps.
final class Resampler {
  private let isa: s3n_image_isa
  private var wide: [Int32] = []
  private var between: [UInt8] = []
  private var row: [UInt8] = []

  init(isa: s3n_image_isa = s3n_image_best_isa()) { self.isa = isa }

  /// Writes the normalised floats of the window, (height, width, 3).
  func resample(
    _ image: RGBImage, _ geometry: Geometry, normalized normalization: Normalization,
    into result: UnsafeMutableBufferPointer<Float>
  ) {
    let pixels = geometry.window.width
    precondition(result.count == pixels * geometry.window.height * 3, "the result does not have the window's size")
    guard let base = result.baseAddress else { return }
    let scale = [normalization.scale.x, normalization.scale.y, normalization.scale.z]
    let offset = [normalization.offset.x, normalization.offset.y, normalization.offset.z]
    resample(image, geometry) { y, row in
      s3n_image_normalize(isa, row, pixels, scale, offset, base + y * pixels * 3)
    }
  }

  /// The window as an image of bytes.
  func resample(_ image: RGBImage, _ geometry: Geometry) -> RGBImage {
    let bytes = geometry.window.width * 3
    return RGBImage(width: geometry.window.width, height: geometry.window.height) { buffer in
      resample(image, geometry) { y, row in
        buffer.baseAddress.map { $0 + y * bytes }?.update(from: row, count: bytes)
      }
    }
  }

  /// Passes the window's rows of bytes to `use`, from the top.
  private func resample(_ image: RGBImage, _ geometry: Geometry, use: (Int, UnsafePointer<UInt8>) -> Void) {
    let (crop, window) = (geometry.crop, geometry.window)
    let columns = ResampleWeights(
      from: crop.width, to: geometry.width, kept: window.x..<window.x + window.width, reversed: geometry.flipped)
    let rows = ResampleWeights(from: crop.height, to: geometry.height, kept: window.y..<window.y + window.height)
    image.pixels.withUnsafeBufferPointer { pixels in
      guard let base = pixels.baseAddress else { return }
      let source = Rows(base + (crop.y * image.width + crop.x) * 3, stride: image.width * 3)
      grow(&wide, to: 4 * crop.width)
      grow(&row, to: max(crop.width, window.width) * 3 + 1)
      if geometry.columnsFirst {
        let needed = rows.needed
        let bytes = window.width * 3
        grow(&between, to: needed.count * bytes + 1)
        between.withUnsafeMutableBufferPointer { between in
          guard let between = between.baseAddress else { return }
          for (index, y) in needed.enumerated() {
            resampleRow(source[y], crop.width, columns, into: between + index * bytes)
          }
          let narrowed = Rows(between, stride: bytes, first: needed.lowerBound)
          for y in 0..<window.height {
            blendRows(narrowed, rows, y, into: &row, bytes: bytes)
            use(y, row)
          }
        }
      } else {
        grow(&between, to: window.width * 3 + 1)
        for y in 0..<window.height {
          blendRows(source, rows, y, into: &row, bytes: crop.width * 3)
          resampleRow(row, crop.width, columns, into: &between)
          use(y, between)
        }
      }
    }
  }

  private func resampleRow(
    _ row: UnsafePointer<UInt8>, _ width: Int, _ columns: ResampleWeights, into result: UnsafeMutablePointer<UInt8>
  ) {
    s3n_image_resample_row(
      isa, row, width, &wide, result, columns.starts.count, columns.starts, columns.counts, columns.weights,
      columns.taps)
  }

  private func blendRows(
    _ source: Rows, _ rows: ResampleWeights, _ y: Int, into result: UnsafeMutablePointer<UInt8>, bytes: Int
  ) {
    rows.weights.withUnsafeBufferPointer { weights in
      guard let weights = weights.baseAddress else { return }
      s3n_image_blend_rows(
        isa, source[Int(rows.starts[y])], source.stride, weights + y * rows.taps, Int(rows.counts[y]), result, bytes)
    }
  }

  private func grow<Element: FixedWidthInteger>(_ scratch: inout [Element], to count: Int) {
    if scratch.count < count { scratch = [Element](repeating: 0, count: count) }
  }
}

/// Rows of bytes in memory; the row at `start` has the number `first`.
private struct Rows {
  let start: UnsafePointer<UInt8>
  let stride: Int
  let first: Int

  init(_ start: UnsafePointer<UInt8>, stride: Int, first: Int = 0) {
    (self.start, self.stride, self.first) = (start, stride, first)
  }

  subscript(row: Int) -> UnsafePointer<UInt8> { start + (row - first) * stride }
}

extension RGBImage {
  /// The image resized with Pillow's antialiased bilinear filter.
  public func resized(width: Int, height: Int) -> RGBImage {
    let whole = Rectangle(x: 0, y: 0, width: self.width, height: self.height)
    let result = Rectangle(x: 0, y: 0, width: width, height: height)
    return Resampler().resample(self, Geometry(crop: whole, width: width, height: height, window: result))
  }
}
