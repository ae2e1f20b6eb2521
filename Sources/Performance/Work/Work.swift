import Tensors

/// The minimum work of an operation: arithmetic, and bytes moved through memory.
public struct Work: Equatable, Sendable {
  /// Floating-point operations by definition, a multiply-add being two; a fast algorithm may need fewer.
  public var flops: Double
  /// Bytes of the tensors that each operator reads and writes, once per pass; caches may save some.
  public var bytes: Double

  public static let none = Work(flops: 0, bytes: 0)

  public init(flops: Double, bytes: Double) {
    self.flops = flops
    self.bytes = bytes
  }

  /// Work that only moves `floats` float32 numbers.
  init(floats: Int) { self.init(flops: 0, floats: floats) }

  init(flops: Double, floats: Int) { self.init(flops: flops, bytes: Double(floats * MemoryLayout<Float>.stride)) }

  /// Returns the same work with features, which make up most of the bytes, stored in a precision.
  func stored(as precision: Precision) -> Work {
    Work(flops: flops, bytes: bytes * Double(precision.bytes) / Double(Precision.fp32.bytes))
  }

  public static func + (a: Work, b: Work) -> Work { Work(flops: a.flops + b.flops, bytes: a.bytes + b.bytes) }
  public static func += (a: inout Work, b: Work) { a = a + b }
  public static func * (count: Int, work: Work) -> Work {
    Work(flops: Double(count) * work.flops, bytes: Double(count) * work.bytes)
  }
}
