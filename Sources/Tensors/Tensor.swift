import CKernels

/// A dense array of numbers with value semantics: shared memory is copied only on writing.
///
/// Images and features are channels-last: (N, H, W, C). The last dimension is contiguous. Single elements can be read
/// and written only if they are floats; those of another precision, by kernels or after conversion.
public struct Tensor: Sendable {
  /// The sizes of the dimensions, outermost first; empty for a scalar.
  public private(set) var shape: [Int]
  /// The precision of the stored elements.
  public let precision: Precision
  private var storage: Storage

  /// Creates a tensor with undefined elements, for results that are written completely.
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

  /// Creates a tensor filled with one value.
  public init(repeating value: Float, shape: [Int]) {
    self.init(uninitialized: shape)
    UnsafeMutableBufferPointer(start: floats, count: count).update(repeating: value)
  }

  /// Creates a tensor from elements in row-major order.
  public init(_ elements: [Float], shape: [Int]) {
    self.init(uninitialized: shape)
    precondition(elements.count == count, "\(elements.count) elements do not fill a shape of \(shape)")
    elements.withUnsafeBufferPointer { source in
      if let base = source.baseAddress { floats.update(from: base, count: count) }
    }
  }

  /// Creates a one-dimensional tensor by computing each element.
  public init(count: Int, _ element: (Int) -> Float) {
    self.init(uninitialized: [count])
    let floats = floats
    for position in 0..<count { floats[position] = element(position) }
  }

  /// Returns a tensor of zeros; a large one takes memory only when first touched.
  public static func zeros(_ shape: [Int]) -> Tensor { Tensor(shape, .fp32, zeroed: true) }

  /// The number of elements.
  public var count: Int { shape.reduce(1, *) }

  /// A copy of the elements in row-major order.
  public var elements: [Float] { withUnsafeBufferPointer(Array.init) }

  /// Returns the same elements with another shape of the same count.
  public func reshaped(_ newShape: [Int]) -> Tensor {
    precondition(newShape.reduce(1, *) == count, "\(shape) cannot be seen as \(newShape)")
    var result = self
    result.shape = newShape
    return result
  }

  /// The element at a row-major position.
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

  /// Calls `body` with the mutable elements; shared memory is copied first.
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
  /// The elements' address, for reading; valid until the tensor's `keepAlive`, which must follow the last use.
  public var read: UnsafePointer<Float> { UnsafePointer(floats) }

  /// Returns the elements' address for writing; shared memory is copied first. Needs `keepAlive` as `read` does.
  public mutating func write() -> UnsafeMutablePointer<Float> {
    makeUnique()
    return floats
  }

  /// Like `read`, for elements of any precision.
  public var address: UnsafeRawPointer { UnsafeRawPointer(storage.base) }

  /// Like `write`, for elements of any precision.
  public mutating func writeAddress() -> UnsafeMutableRawPointer {
    makeUnique()
    return storage.base
  }
}

/// Keeps tensors alive until this call, up to which their `read` and `write` addresses are valid.
@inline(never)
public func keepAlive(_ tensors: Tensor?...) { withExtendedLifetime(tensors) {} }

/// The threads of the engine's parallel regions, including the calling one.
public enum Threads {
  public static var count: Int { Int(s3n_thread_count()) }

  /// Sets the number of threads; 0 means the number of CPUs that this process may run on.
  public static func use(_ count: Int) { s3n_set_thread_count(count < 0 ? 0 : count) }

  /// The largest possible number of threads.
  public static let most = 256

  /// The number of CPUs that this process may run on.
  public static var cpus: Int { Int(s3n_cpu_count()) }

  /// The numbers of the CPUs available when this process started; empty if the system does not report them.
  public static var cpuNumbers: [Int] {
    var numbers = [Int32](repeating: 0, count: 1024)
    let count = s3n_cpus_at_start(&numbers, numbers.count)
    return numbers[..<count].map(Int.init)
  }

  /// Starts the threads now and returns their number, which becomes the thread count if the system starts fewer.
  @discardableResult public static func start() -> Int { Int(s3n_start_threads()) }

  /// Sets whether threads may be pinned to CPUs if there are as many as CPUs: for a process that has the machine alone.
  public static func allowPinning(_ isAllowed: Bool) { s3n_set_pinning(isAllowed ? 1 : 0) }
}
