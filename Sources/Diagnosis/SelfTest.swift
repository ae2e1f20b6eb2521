import Performance
import Records
import Timing

/// Small passes of every operator, forward and backward, held against slow references in plain loops.
struct SelfTest {
  var operators: Int
  var seconds: Double
  /// The first that was wrong.
  var failure: String?

  /// `goOn` is told how many of how many operators are done; throws `interrupted` if it says false.
  static func run(goOn: (_ done: Int, _ count: Int) -> Bool) throws(PerformanceError) -> SelfTest {
    let (cases, start) = (OperatorCase.selfTest, monotonicNanoseconds())
    var test = SelfTest(operators: cases.count, seconds: 0)
    for (number, example) in cases.enumerated() {
      guard goOn(number, cases.count) else { throw .interrupted }
      do throws(PerformanceError) { try example.prepare().check() } catch {
        test.failure = "\(error)"
        break
      }
    }
    test.seconds = 1e-9 * Double(monotonicNanoseconds() - start)
    return test
  }

  var check: Check {
    if let failure {
      return .error(
        "self-test", failure, "Set S3N_ISA=portable and try again; if that works, report the CPU and this line.")
    }
    return .ok(
      "self-test",
      "\(operators) operators, forward and backward, match their references (\(oneDecimal(seconds)) s)")
  }
}
