/// A way to correlate maps, whose borders repeat, with a filter and with the filter times its offsets along x and y.
///
/// Filter, maps and gradients are first brought into the form that the method works with. All of it is in double
/// precision: near the borders of the grid the last bits tell whether a cell is clamped, and its gradient with it.
protocol Smoother: Sendable {
  /// The method's form of a filter (F, F).
  func prepare(filter: [Double]) -> [Double]

  /// The method's form of a map (G, G).
  func prepare(map: [Double]) -> [Double]

  /// The method's form of the gradient (3, G, G) of a map's moments.
  func prepare(gradient: [Double]) -> [Double]

  /// The moments (3, G, G) of one map.
  func moments(map: [Double], filter: [Double]) -> [Double]

  /// The gradient (G, G) of one map.
  func mapGradient(_ gradient: [Double], filter: [Double]) -> [Double]

  /// The gradient (3, F, F) of the filter and of its products with the offsets, summed over all maps in their order.
  func filterGradient(_ gradients: [[Double]], maps: [[Double]]) -> [Double]
}

/// An array that `body` fills, starting from zeros.
func doubles(_ count: Int, _ body: (UnsafeMutablePointer<Double>) -> Void) -> [Double] {
  [Double](unsafeUninitializedCapacity: count) { buffer, initialized in
    buffer.initialize(repeating: 0)
    if let base = buffer.baseAddress { body(base) }
    initialized = count
  }
}
