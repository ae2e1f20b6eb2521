import CKernels
import Tensors

/// Samples an image bilinearly at the points of a grid, zero outside it: PyTorch's grid_sample with align_corners =
/// true, with its gradient to the grid.
///
/// Images are (N, H, W, 3); a grid (N, H', W', 2) holds x then y, where -1 and 1 are the centres of the border pixels.
/// NaN coordinates give NaN.
public enum GridSample {
  /// The samples (N, H', W', 3) of `image` at `grid`.
  public static func forward(_ image: Tensor, grid: Tensor) -> Tensor {
    check(image, grid)
    var y = Tensor(uninitialized: [grid.shape[0], grid.shape[1], grid.shape[2], 3])
    withSampling(of: image, height: grid.shape[1], width: grid.shape[2]) { sampling in
      s3n_grid_sample(sampling, grid.read, y.write())
    }
    keepAlive(image, grid, y)
    return y
  }

  /// Returns the gradient of the grid from the gradient `dy` of the samples.
  public static func backward(_ dy: Tensor, image: Tensor, grid: Tensor) -> Tensor {
    check(image, grid)
    precondition(dy.count * 2 == grid.count * 3, "a gradient of \(dy.shape) does not belong to a grid of \(grid.shape)")
    var dgrid = Tensor(uninitialized: grid.shape)
    withSampling(of: image, height: grid.shape[1], width: grid.shape[2]) { sampling in
      s3n_grid_sample_backward(sampling, grid.read, dy.read, dgrid.write())
    }
    keepAlive(dy, image, grid, dgrid)
    return dgrid
  }

  /// Returns the grid (N, height, width, 2) that leaves every image unchanged.
  public static func identityGrid(images: Int, height: Int, width: Int) -> Tensor {
    func position(_ index: Int, _ size: Int) -> Float { size > 1 ? Float(2 * index - (size - 1)) / Float(size - 1) : 0 }
    let one = (0..<height).flatMap { row in
      (0..<width).flatMap { column in [position(column, width), position(row, height)] }
    }
    return Tensor((0..<images).flatMap { _ in one }, shape: [images, height, width, 2])
  }

  private static func check(_ image: Tensor, _ grid: Tensor) {
    precondition(image.shape.count == 4 && image.shape[3] == 3, "expected images (N, H, W, 3), found \(image.shape)")
    precondition(
      grid.shape.count == 4 && grid.shape[3] == 2 && grid.shape[0] == image.shape[0],
      "expected a grid (\(image.shape[0]), H, W, 2), found \(grid.shape)")
  }

  private static func withSampling(
    of image: Tensor, height: Int, width: Int, _ body: (UnsafePointer<s3n_sampling>) -> Void
  ) {
    var sampling = s3n_sampling(
      image: image.read, images: image.shape[0], height: image.shape[1], width: image.shape[2], out_height: height,
      out_width: width)
    body(&sampling)
  }
}
