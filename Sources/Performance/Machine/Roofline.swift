import CKernels
import Tensors
import Timing

/// The machine's peak performance on a number of threads: the two limits of the roofline model (Williams, Waterman and
/// Patterson 2009).
public struct Roofline: Equatable, Sendable {
  public let instructionSet: InstructionSet
  public let threads: Int
  /// Floating-point operations per second on registers alone, one value per sample.
  public let arithmetic: [Double]
  /// The same for bfloat16 products; empty if the CPU lacks instructions for them and multiplies floats instead.
  public let arithmeticBF16: [Double]
  /// Bytes per second of a[i] = b[i] + s * c[i] on arrays larger than any cache: two arrays read, one written.
  public let bandwidth: [Double]
  /// The CPU load of others meanwhile; nil where the system does not report it.
  public let load: OtherLoad?

  /// The best sample, because slower ones were held up by something.
  public var peakArithmetic: Double { arithmetic.max() ?? .nan }
  public var peakBandwidth: Double { bandwidth.max() ?? .nan }

  /// The peak operations per second on features of a precision.
  public func peakArithmetic(_ precision: Precision) -> Double {
    precision == .bf16 ? arithmeticBF16.max() ?? peakArithmetic : peakArithmetic
  }

  /// Returns the minimum time in seconds for `work` on features of a precision, and the limit that determines it.
  public func bound(_ work: Work, _ precision: Precision = .fp32) -> (seconds: Double, by: Limit) {
    let (compute, memory) = (work.flops / peakArithmetic(precision), work.bytes / peakBandwidth)
    return compute >= memory ? (compute, .compute) : (memory, .memory)
  }

  public enum Limit: String, Sendable { case compute, memory }

  /// Measures both limits with the current instruction set and number of threads, `rounds` times each.
  public static func measure(rounds: Int = 5) -> Roofline {
    let ((arithmetic, arithmeticBF16, bandwidth), load) = OtherLoad.during {
      (
        measureArithmetic(rounds, s3n_multiply_add), measureArithmetic(rounds, s3n_multiply_add_bf16),
        measureBandwidth(rounds)
      )
    }
    return Roofline(
      instructionSet: .current, threads: Threads.count, arithmetic: arithmetic, arithmeticBF16: arithmeticBF16,
      bandwidth: bandwidth, load: load)
  }

  /// Returns an empty array for a loop that the CPU cannot run.
  private static func measureArithmetic(_ rounds: Int, _ multiplyAdd: (Int) -> Double) -> [Double] {
    // About 20 ms per sample: enough to amortise the start of a region and to reach the sustained clock speed.
    let turns = 1_500_000
    guard multiplyAdd(turns) > 0 else { return [] }
    return (0..<rounds).map { _ in rate { multiplyAdd(turns) } }
  }

  private static func measureBandwidth(_ rounds: Int) -> [Double] {
    let count = 16 << 20
    var a = Tensor(repeating: 0, shape: [count])
    let (b, c) = (Tensor(repeating: 1, shape: [count]), Tensor(repeating: 2, shape: [count]))
    let to = a.write()
    func triad() -> Double {
      s3n_triad(to, b.read, c.read, 3, count)
      return Double(3 * count * MemoryLayout<Float>.stride)
    }
    _ = triad()
    let rates = (0..<rounds).map { _ in rate(triad) }
    keepAlive(a, b, c)
    return rates
  }

  /// Returns the amount that `work` reports, per second.
  private static func rate(_ work: () -> Double) -> Double {
    let start = monotonicNanoseconds()
    let amount = work()
    return amount / (1e-9 * Double(max(monotonicNanoseconds() - start, 1)))
  }
}
