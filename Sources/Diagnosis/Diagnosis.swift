import DatasetStore
import Experiments
import Files
import Foundation
import Records

/// Checks, part by part, whether this machine is fit for the program's work.
public struct Diagnosis {
  /// Where results would go.
  public var outputFolder = "runs"
  public var store: Store

  public init(store: Store) { self.store = store }

  /// Checks every part and passes each finding to `report` at once, the quick ones first.
  ///
  /// `goOn` receives the progress of slow checks; throws `interrupted` if it returns false.
  public func run(goOn: (_ done: Int, _ count: Int) -> Bool, report: (Check) -> Void) throws {
    let blas = BLAS.obstacle
    if let blas { report(BLAS(name: "", obstacle: blas).check) }
    // Asking for the library's name would end the program if it cannot be loaded.
    guard blas == nil else { return surroundings.forEach(report) }
    let environment = RunEnvironment.current()
    report(Processor.here(environment).check)
    report(BLAS(name: "OpenBLAS: \(environment.libraries["openblas"] ?? "unknown")").check)
    report(EngineThreads.here.check)
    surroundings.forEach(report)
    report(try SelfTest.run(goOn: goOn).check)
    report(try Speed.measure(goOn: goOn).check)
  }

  /// The checks that need no arithmetic.
  private var surroundings: [Check] {
    let output = Disk(
      "output", outputFolder, wanted: (1 << 30, "A long ablation with checkpoints"),
      elsewhere: "name another folder with --out")
    let fetched = Disk(
      "store", store.folder, wanted: (6 << 30, "A dataset with its archive"),
      elsewhere: "name another folder with S3N_DATA")
    return [Memory.here.check, output.check, fetched.check] + Drawing.here.checks
      + [Stored(.datasets, in: store).check, Stored(.weights, in: store).check]
  }
}
