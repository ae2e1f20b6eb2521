import CKernels

/// Crops, resizes, flips and normalises in one go, as the steps one after the other would; one for each thread.
///
/// Only the rows and columns that are seen in the end are computed. `ReferenceResampling` holds the plain steps.
final class Resampler {
  private let isa: s3n_image_isa
  private var wide: [Int32] = []
  private var columnsDone: [UInt8] = []
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

  /// Hands the window's rows of bytes to `use`, from the top.
  private func resample(_ image: RGBImage, _ geometry: Geometry, use: (Int, UnsafePointer<UInt8>) -> Void) {
    let (crop, window) = (geometry.crop, geometry.window)
    let columns = ResampleWeights(
      from: crop.width, to: geometry.width, kept: window.x..<window.x + window.width, reversed: geometry.flipped)
    let rows = ResampleWeights(from: crop.height, to: geometry.height, kept: window.y..<window.y + window.height)
    let neededRows = rows.needed
    let bytes = window.width * 3
    grow(&wide, to: 4 * crop.width)
    grow(&columnsDone, to: neededRows.count * bytes + 1)
    grow(&row, to: bytes)
    image.pixels.withUnsafeBufferPointer { pixels in
      columnsDone.withUnsafeMutableBufferPointer { columnsDone in
        guard let source = pixels.baseAddress, let between = columnsDone.baseAddress else { return }
        for (index, y) in neededRows.enumerated() {
          let start = source + ((crop.y + y) * image.width + crop.x) * 3
          s3n_image_resample_row(
            isa, start, crop.width, &wide, between + index * bytes, window.width, columns.starts, columns.counts,
            columns.weights, columns.taps)
        }
        rows.weights.withUnsafeBufferPointer { weights in
          guard let weights = weights.baseAddress else { return }
          for y in 0..<window.height {
            let first = between + (Int(rows.starts[y]) - neededRows.lowerBound) * bytes
            s3n_image_blend_rows(isa, first, bytes, weights + y * rows.taps, Int(rows.counts[y]), &row, bytes)
            use(y, row)
          }
        }
      }
    }
  }

  private func grow<Element: FixedWidthInteger>(_ scratch: inout [Element], to count: Int) {
    if scratch.count < count { scratch = [Element](repeating: 0, count: count) }
  }
}

extension RGBImage {
  /// The image at another size, by Pillow's antialiased bilinear filter.
  public func resized(width: Int, height: Int) -> RGBImage {
    let whole = Rectangle(x: 0, y: 0, width: self.width, height: self.height)
    let result = Rectangle(x: 0, y: 0, width: width, height: height)
    return Resampler().resample(self, Geometry(crop: whole, width: width, height: height, window: result))
  }
}
