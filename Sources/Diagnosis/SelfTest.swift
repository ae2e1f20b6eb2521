import Performance
import Records
import Timing

/// Small forward and backward passes of every operator, compared with slow references in plain loops.
struct SelfTest {
  var operators: Int
  var seconds: Double
  /// The first error.
  var failure: String?

  /// `goOn` receives the numbers of operators done and in all; throws `interrupted` if it returns false.
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
