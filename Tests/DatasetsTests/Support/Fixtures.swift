import Foundation
import Testing

/// Returns a file of the test's resources.
func fixture(_ name: String) -> URL {
  Bundle.module.resourceURL?.appendingPathComponent("Fixtures/\(name)") ?? URL(fileURLWithPath: name)
}
