import CKernels
import Tensors

/// Resamples an image through a coarse sampling grid, which is resized row by row as it is used, and never stored.
///
/// The grid is given by its offsets (N, G, G, 2) from the identity, x then y, in grid units (2 is the whole image). The
/// result is that of `BilinearResize` and `GridSample` on identity + offsets, but rounding never moves a sample off a
/// pixel, where the slope jumps: even an offset of a billionth tells to which side a pixel moves. A sample exactly on a
/// pixel passes on the mean of the slopes on both sides. Positions outside are clamped to the border and pass on its
/// inner slope: S3N's grids reach them only by rounding.
public enum GridResample {
  /// The samples (N, height, width, 3) of `image` (N, H, W, 3).
  public static func forward(_ image: Tensor, offsets: Tensor, height: Int, width: Int) -> Tensor {
    var y = Tensor(uninitialized: [offsets.shape[0], height, width, 3])
    withResampling(of: image, offsets, height, width) { s3n_grid_resample($0, y.write()) }
    keepAlive(image, offsets, y)
    return y
  }

  /// Returns the gradient of the offsets from the gradient `dy` (N, height, width, 3) of the samples.
  public static func backward(_ dy: Tensor, image: Tensor, offsets: Tensor) -> Tensor {
    precondition(
      dy.shape.count == 4 && dy.shape[0] == offsets.shape[0] && dy.shape[3] == 3,
      "expected a gradient of (\(offsets.shape[0]), H, W, 3), found \(dy.shape)")
    var partial = Tensor(uninitialized: [2] + offsets.shape)
    var doffsets = Tensor(uninitialized: offsets.shape)
    withResampling(of: image, offsets, dy.shape[1], dy.shape[2]) {
      s3n_grid_resample_backward($0, dy.read, partial.write(), doffsets.write())
    }
    keepAlive(dy, image, offsets, partial, doffsets)
    return doffsets
  }

  private static func withResampling(
    of image: Tensor, _ offsets: Tensor, _ height: Int, _ width: Int, _ body: (UnsafePointer<s3n_resampling>) -> Void
  ) {
    precondition(image.shape.count == 4 && image.shape[3] == 3, "expected images (N, H, W, 3), found \(image.shape)")
    precondition(
      offsets.shape.count == 4 && offsets.shape[3] == 2 && offsets.shape[0] == image.shape[0],
      "expected offsets (\(image.shape[0]), G, G, 2), found \(offsets.shape)")
    withKernelAxes(from: (image.shape[1], image.shape[2]), to: (height, width)) { pixelRows, pixelColumns in
      withKernelAxes(from: (offsets.shape[1], offsets.shape[2]), to: (height, width)) { cellRows, cellColumns in
        var resampling = s3n_resampling(
          image: image.read, offsets: offsets.read, images: image.shape[0], pixel_rows: pixelRows,
          pixel_columns: pixelColumns, cell_rows: cellRows, cell_columns: cellColumns)
        body(&resampling)
      }
    }
  }
}
