/// A method of correlating maps, with repeated borders, with a filter and with the filter times its x and y offsets.
///
/// Filter, maps and gradients are first converted to the method's form. Everything is in double precision: near the
/// grid's borders the last bits decide whether a cell is clamped, and so whether it passes a gradient.
protocol Smoother: Sendable {
  /// The method's form of a filter (F, F).
  func prepare(filter: [Double]) -> [Double]

  /// The method's form of a map (G, G).
  func prepare(map: [Double]) -> [Double]

  /// The method's form of the gradient (3, G, G) of a map's moments.
  func prepare(gradient: [Double]) -> [Double]

  /// The moments (3, G, G) of one map.
  func moments(map: [Double], filter: [Double]) -> [Double]

  /// The gradient (G, G) with respect to one map.
  func mapGradient(_ gradient: [Double], filter: [Double]) -> [Double]

  /// The gradient (3, F, F) of the filter and of its products with the offsets, summed over all maps in order.
  func filterGradient(_ gradients: [[Double]], maps: [[Double]]) -> [Double]
}

/// Returns an array of zeros after `body` has filled it.
func doubles(_ count: Int, _ body: (UnsafeMutablePointer<Double>) -> Void) -> [Double] {
  [Double](unsafeUninitializedCapacity: count) { buffer, initialized in
    buffer.initialize(repeating: 0)
    if let base = buffer.baseAddress { body(base) }
    initialized = count
  }
}
