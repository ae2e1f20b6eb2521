import CFFTW
import Synchronization

/// Serialises access to FFTW's planner, which is not thread-safe; any number of threads may execute plans.
private let planner = Mutex(())

/// One-dimensional double-precision transforms that turn a plane of `size` x `size` reals, row by row and then column
/// by column, into its half spectrum: size / 2 + 1 contiguous columns of `size` complex numbers.
///
/// Unnormalised: forward and inverse together multiply a plane by `size` squared. Plans use FFTW_ESTIMATE, since
/// measured plans, and so their bits, may differ between runs. Memory must come from `allocate`.
final class PlaneTransform: @unchecked Sendable {
  // Sendable: plans are created once, and FFTW lets any thread execute them on its own arrays.
  let size: Int
  let rows: Int
  var columns: Int { size / 2 + 1 }
  /// The number of doubles in a half spectrum.
  var spectrumCount: Int { 2 * size * columns }

  private let rowsForward, rowsInverse, columnsForward, columnsInverse: fftw_plan

  /// Creates transforms of planes of which only the first `rows` rows are non-zero or wanted.
  init(size: Int, rows: Int) {
    self.size = size
    self.rows = rows
    let columns = size / 2 + 1
    let (x, from, to) = (
      Self.allocate(size * rows), Self.allocate(2 * size * columns), Self.allocate(2 * size * columns)
    )
    defer { for memory in [x, from, to] { memory.deallocate() } }
    let (a, b) = (complex(from), complex(to))
    var length = Int32(size)
    let (count, wide, high) = (Int32(rows), Int32(size), Int32(columns))
    // FFTW_ESTIMATE only looks at the alignment of the arrays.
    let made = planner.withLock { _ in
      Plans(all: [
        fftw_plan_many_dft_r2c(1, &length, count, x, nil, 1, wide, a, nil, wide, 1, FFTW_ESTIMATE),
        fftw_plan_many_dft_c2r(1, &length, count, a, nil, wide, 1, x, nil, 1, wide, FFTW_ESTIMATE),
        fftw_plan_many_dft(1, &length, high, a, nil, 1, wide, b, nil, 1, wide, FFTW_FORWARD, FFTW_ESTIMATE),
        fftw_plan_many_dft(1, &length, high, a, nil, 1, wide, b, nil, 1, wide, FFTW_BACKWARD, FFTW_ESTIMATE),
      ])
    }
    let plans = made.all.compactMap { $0 }
    precondition(plans.count == 4, "FFTW cannot plan transforms of \(size)")
    (rowsForward, rowsInverse, columnsForward, columnsInverse) = (plans[0], plans[1], plans[2], plans[3])
  }

  deinit {
    let plans = Plans(all: [rowsForward, rowsInverse, columnsForward, columnsInverse])
    planner.withLock { _ in plans.all.forEach { fftw_destroy_plan($0) } }
  }

  /// Transforms the first rows (rows, size) of a plane, row r into place r of every column of `half`, whose other
  /// places stay as they are.
  func transformRows(_ plane: UnsafeMutablePointer<Double>, into half: UnsafeMutablePointer<Double>) {
    fftw_execute_dft_r2c(rowsForward, plane, complex(half))
  }

  func transformColumns(_ half: UnsafeMutablePointer<Double>, into spectrum: UnsafeMutablePointer<Double>) {
    fftw_execute_dft(columnsForward, complex(half), complex(spectrum))
  }

  func inverseColumns(_ spectrum: UnsafeMutablePointer<Double>, into half: UnsafeMutablePointer<Double>) {
    fftw_execute_dft(columnsInverse, complex(spectrum), complex(half))
  }

  /// Transforms the first places of every column of `half`, which is overwritten, into the first rows of a plane.
  func inverseRows(_ half: UnsafeMutablePointer<Double>, into plane: UnsafeMutablePointer<Double>) {
    fftw_execute_dft_c2r(rowsInverse, complex(half), plane)
  }

  /// Allocates memory for doubles with the alignment that the plans expect.
  static func allocate(_ count: Int) -> UnsafeMutablePointer<Double> {
    let bytes = max(count, 1) * MemoryLayout<Double>.stride
    return UnsafeMutableRawPointer.allocate(byteCount: bytes, alignment: 64)
      .bindMemory(to: Double.self, capacity: max(count, 1))
  }

  /// Returns the smallest size of at least `minimum` that is a multiple of 8 and has no prime factor above 7.
  static func goodSize(atLeast minimum: Int) -> Int {
    var size = (max(minimum, 8) + 7) / 8 * 8
    while !isSmooth(size) { size += 8 }
    return size
  }

  private static func isSmooth(_ number: Int) -> Bool {
    var rest = number
    for prime in [2, 3, 5, 7] { while rest % prime == 0 { rest /= prime } }
    return rest == 1
  }
}

private func complex(_ doubles: UnsafeMutablePointer<Double>) -> UnsafeMutablePointer<fftw_complex> {
  UnsafeMutableRawPointer(doubles).assumingMemoryBound(to: fftw_complex.self)
}

/// Wraps plans to pass them across the planner's lock.
private struct Plans: @unchecked Sendable { let all: [fftw_plan?] }
