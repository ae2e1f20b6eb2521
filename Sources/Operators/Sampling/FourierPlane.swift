import CKernels

/// The workspace for transforming one plane to a spectrum and back.
///
/// The forward transform can repeat a map's borders, the inverse can sum what falls on them. With the rows transformed
/// and the columns not, a row of the plane is one place in each column, so work that rows share is done once.
struct FourierPlane: ~Copyable {
  private typealias Complex = SIMD2<Double>

  private let transform: PlaneTransform
  private let rows: UnsafeMutablePointer<Double>
  private let half: UnsafeMutablePointer<Double>
  private let whole: UnsafeMutablePointer<Double>

  init(_ transform: PlaneTransform) {
    self.transform = transform
    rows = PlaneTransform.allocate(transform.rows * transform.size)
    half = PlaneTransform.allocate(transform.spectrumCount)
    whole = PlaneTransform.allocate(transform.spectrumCount)
  }

  deinit {
    for memory in [rows, half, whole] { memory.deallocate() }
  }

  /// Returns the spectrum of a side x side map with its borders repeated `padding` times, followed by zeros.
  func spectrum(of map: [Double], side: Int, repeatingBorders padding: Int = 0) -> [Double] {
    let behind = transform.size - side - 2 * padding
    for row in 0..<side {
      let to = rows + row * transform.size
      to.update(repeating: map[row * side], count: padding)
      for column in 0..<side { to[padding + column] = map[row * side + column] }
      (to + padding + side).update(repeating: map[row * side + side - 1], count: padding)
      (to + padding + side + padding).update(repeating: 0, count: behind)
    }
    transform.transformRows(rows, into: half)
    eachColumn { column in
      (column + padding).update(from: column, count: side)
      column.update(repeating: column[padding], count: padding)
      (column + padding + side).update(repeating: column[padding + side - 1], count: padding)
      (column + padding + side + padding).update(repeating: .zero, count: behind)
    }
    transform.transformColumns(half, into: whole)
    return Array(UnsafeBufferPointer(start: whole, count: transform.spectrumCount))
  }

  /// Sets the plane's spectrum to the product of spectrum `first` in `a` and `second` in `b`, or adds the product.
  func multiply(
    _ a: [Double], _ b: [Double], first: Int = 0, second: Int = 0, conjugate: Bool = false, adding: Bool = false
  ) {
    let count = transform.spectrumCount
    precondition(a.count >= (first + 1) * count && b.count >= (second + 1) * count, "a spectrum is too short")
    a.withUnsafeBufferPointer { a in
      b.withUnsafeBufferPointer { b in
        guard let a = a.baseAddress, let b = b.baseAddress else { return }
        s3n_multiply_spectra(a + first * count, b + second * count, whole, count / 2, conjugate ? 1 : 0, adding ? 1 : 0)
      }
    }
  }

  /// Returns the first side x side cells of the plane whose spectrum was set.
  ///
  /// With `padding`, returns the cells of the map whose repeated borders the plane holds, each summed over its copies.
  func inverse(side: Int, gatheringBorders padding: Int = 0) -> [Double] {
    transform.inverseColumns(whole, into: half)
    if padding > 0 {
      eachColumn { column in
        let first = sum(column, padding + 1)
        let last = sum(column + padding + side - 1, padding + 1)
        column.update(from: column + padding, count: side)
        (column[0], column[side - 1]) = (first, last)
      }
    }
    transform.inverseRows(half, into: rows)
    return doubles(side * side) { map in
      for row in 0..<side {
        let (from, to) = (rows + row * transform.size, map + row * side)
        to.update(from: from + padding, count: side)
        for border in 0..<padding {
          to[0] += from[border]
          to[side - 1] += from[padding + side + border]
        }
      }
    }
  }

  private func eachColumn(_ body: (UnsafeMutablePointer<Complex>) -> Void) {
    let columns = UnsafeMutableRawPointer(half).assumingMemoryBound(to: Complex.self)
    for index in 0..<transform.columns { body(columns + index * transform.size) }
  }

  private func sum(_ values: UnsafeMutablePointer<Complex>, _ count: Int) -> Complex {
    var sum = Complex.zero
    for index in 0..<count { sum += values[index] }
    return sum
  }
}
