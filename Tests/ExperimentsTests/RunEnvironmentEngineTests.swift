import Experiments
import Records
import Testing

@Suite struct RunEnvironmentEngineTests {
  @Test func everyLibraryThatDecidesResultsIsKnown() {
    let libraries = RunEnvironment.current().libraries
    #expect(libraries.count == 5)
    for (name, version) in libraries { #expect(version.contains(/\d+\.\d+/), "\(name): \(version)") }
  }
}
