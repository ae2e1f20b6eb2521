import CKernels
import Tensors

/// Bilinear resizing of (N, H, W, C) with align_corners = true: the corners of input and output coincide.
public enum BilinearResize {
  /// Resizes `x` (N, H, W, C) to (N, height, width, C).
  public static func forward(_ x: Tensor, height: Int, width: Int) -> Tensor {
    precondition(x.shape.count == 4, "expected (N, H, W, C), found a shape of \(x.shape)")
    let (images, channels) = (x.shape[0], x.shape[3])
    var y = Tensor(uninitialized: [images, height, width, channels])
    withKernelAxes(from: (x.shape[1], x.shape[2]), to: (height, width)) { rows, columns in
      s3n_resize(x.read, images, channels, rows, columns, y.write())
    }
    keepAlive(x, y)
    return y
  }

  /// Returns the gradient of the input, of shape (N, H, W, C), from the gradient `dy` of the result.
  public static func backward(_ dy: Tensor, inputShape: [Int]) -> Tensor {
    precondition(
      dy.shape.count == 4 && inputShape.count == 4 && dy.shape[0] == inputShape[0] && dy.shape[3] == inputShape[3],
      "a gradient of \(dy.shape) does not belong to an input of \(inputShape)")
    var dx = Tensor(uninitialized: inputShape)
    withKernelAxes(from: (inputShape[1], inputShape[2]), to: (dy.shape[1], dy.shape[2])) { rows, columns in
      s3n_resize_backward(dy.read, inputShape[0], inputShape[3], rows, columns, dx.write())
    }
    keepAlive(dy, dx)
    return dx
  }
}
