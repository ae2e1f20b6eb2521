import CKernels

/// A dense array of numbers, a value that copies its memory only when a shared one is written to.
///
/// Images and features lie channels-last: (N, H, W, C). The last dimension is contiguous. Elements can be read and written
/// one by one where they are floats; those of another precision by kernels, or once they are converted.
public struct Tensor: Sendable {
  /// The sizes of the dimensions, outermost first; empty for a scalar.
  public private(set) var shape: [Int]
  /// What the elements are stored as.
  public let precision: Precision
  private var storage: Storage

  /// A tensor whose elements hold anything: for results that are written whole.
  public init(uninitialized shape: [Int], _ precision: Precision = .fp32) {
    self.init(shape, precision, zeroed: false)
  }

  private init(_ shape: [Int], _ precision: Precision, zeroed: Bool) {
    precondition(shape.allSatisfy { $0 >= 0 }, "a shape of \(shape) has a negative dimension")
    self.shape = shape
    self.precision = precision
    storage = Storage(bytes: shape.reduce(1, *) * precision.bytes, zeroed: zeroed)
  }

  /// The elements, which must be floats.
  private var floats: UnsafeMutablePointer<Float> {
    precondition(precision == .fp32, "the elements are \(precision)")
    return storage.base.assumingMemoryBound(to: Float.self)
  }

  /// A tensor of one repeated value.
  public init(repeating value: Float, shape: [Int]) {
    self.init(uninitialized: shape)
    UnsafeMutableBufferPointer(start: floats, count: count).update(repeating: value)
  }

  /// A tensor of the given elements, in row-major order.
  public init(_ elements: [Float], shape: [Int]) {
    self.init(uninitialized: shape)
    precondition(elements.count == count, "\(elements.count) elements do not fill a shape of \(shape)")
    elements.withUnsafeBufferPointer { source in
      if let base = source.baseAddress { floats.update(from: base, count: count) }
    }
  }

  /// A tensor of one dimension, of elements that are computed one by one.
  public init(count: Int, _ element: (Int) -> Float) {
    self.init(uninitialized: [count])
    let floats = floats
    for position in 0..<count { floats[position] = element(position) }
  }

  /// A tensor of zeros; a large one takes its memory when it is first touched.
  public static func zeros(_ shape: [Int]) -> Tensor { Tensor(shape, .fp32, zeroed: true) }

  /// The number of elements.
  public var count: Int { shape.reduce(1, *) }

  /// A copy of the elements in row-major order.
  public var elements: [Float] { withUnsafeBufferPointer(Array.init) }

  /// The same elements under another shape of the same count.
  public func reshaped(_ newShape: [Int]) -> Tensor {
    precondition(newShape.reduce(1, *) == count, "\(shape) cannot be seen as \(newShape)")
    var result = self
    result.shape = newShape
    return result
  }

  /// One element by its row-major position.
  public subscript(position: Int) -> Float {
    get {
      precondition(position >= 0 && position < count, "position \(position) is outside \(count) elements")
      return floats[position]
    }
    set {
      precondition(position >= 0 && position < count, "position \(position) is outside \(count) elements")
      makeUnique()
      floats[position] = newValue
    }
  }

  /// Calls `body` with the elements.
  public func withUnsafeBufferPointer<R>(_ body: (UnsafeBufferPointer<Float>) throws -> R) rethrows -> R {
    try withExtendedLifetime(storage) { try body(UnsafeBufferPointer(start: floats, count: count)) }
  }

  /// Calls `body` with the elements for change; shared memory is copied first.
  public mutating func withUnsafeMutableBufferPointer<R>(
    _ body: (UnsafeMutableBufferPointer<Float>) throws -> R
  ) rethrows -> R {
    makeUnique()
    return try withExtendedLifetime(storage) {
      try body(UnsafeMutableBufferPointer(start: floats, count: count))
    }
  }

  private mutating func makeUnique() {
    guard !isKnownUniquelyReferenced(&storage) else { return }
    let bytes = count * precision.bytes
    let copy = Storage(bytes: bytes)
    copy.base.copyMemory(from: storage.base, byteCount: bytes)
    storage = copy
  }
}

// MARK: - For kernels

extension Tensor {
  /// The address of the elements, for reading; hold the tensor with `keepAlive` past the last use of it.
  public var read: UnsafePointer<Float> { UnsafePointer(floats) }

  /// The address of the elements, for writing; shared memory is copied first. Hold the tensor as for `read`.
  public mutating func write() -> UnsafeMutablePointer<Float> {
    makeUnique()
    return floats
  }

  /// As `read`, for elements of any precision.
  public var address: UnsafeRawPointer { UnsafeRawPointer(storage.base) }

  /// As `write`, for elements of any precision.
  public mutating func writeAddress() -> UnsafeMutableRawPointer {
    makeUnique()
    return storage.base
  }
}

/// Holds tensors until here: their `read` and `write` addresses are valid up to this call.
@inline(never)
public func keepAlive(_ tensors: Tensor?...) { withExtendedLifetime(tensors) {} }

/// The number of threads that the engine's parallel regions use, the calling one included.
public enum Threads {
  public static var count: Int { Int(s3n_thread_count()) }

  /// Sets the number; 0 asks for as many as the CPUs that this process may run on.
  public static func use(_ count: Int) { s3n_set_thread_count(count < 0 ? 0 : count) }

  /// The largest number.
  public static let most = 256

  /// The CPUs that this process may run on.
  public static var cpus: Int { Int(s3n_cpu_count()) }

  /// The numbers of the CPUs that this process might run on when it began; empty where the system does not say.
  public static var cpuNumbers: [Int] {
    var numbers = [Int32](repeating: 0, count: 1024)
    let count = s3n_cpus_at_start(&numbers, numbers.count)
    return numbers[..<count].map(Int.init)
  }

  /// Starts the threads now; gives how many there are, which is the number from here on where the system gives no more.
  @discardableResult public static func start() -> Int { Int(s3n_start_threads()) }

  /// Whether threads may be pinned to CPUs, which they are if there are as many as CPUs: for one that has the machine alone.
  public static func allowPinning(_ isAllowed: Bool) { s3n_set_pinning(isAllowed ? 1 : 0) }
}
