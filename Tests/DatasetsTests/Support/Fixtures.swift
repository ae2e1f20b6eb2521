import Foundation
import Testing

/// A file among the test's resources.
func fixture(_ name: String) -> URL {
  Bundle.module.resourceURL?.appendingPathComponent("Fixtures/\(name)") ?? URL(fileURLWithPath: name)
}
