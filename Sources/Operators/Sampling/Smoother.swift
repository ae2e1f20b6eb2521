import Tensors

/// A way to correlate attention maps, whose borders repeat, with the filter and with the filter times its offsets.
protocol Smoother: Sendable {
  /// The moments (N, 3, G, G) of attention maps (N, G, G), and of the way there what `backward` uses again.
  func moments(_ attention: Tensor, filter: Tensor) -> (moments: Tensor, kept: Tensor)

  /// The gradients of the attention and of the three filters (3, F, F) for that of the moments.
  func backward(_ dmoments: Tensor, filter: Tensor, kept: Tensor) -> (attention: Tensor, filters: Tensor)
}
