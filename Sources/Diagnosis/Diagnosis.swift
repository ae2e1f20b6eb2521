import DatasetStore
import Experiments
import Files
import Foundation
import Records

/// Whether this machine is fit for the program's work, part by part.
public struct Diagnosis {
  /// Where results would go.
  public var outputFolder = "runs"
  public var store: Store

  public init(store: Store) { self.store = store }

  /// Looks at every part and gives `report` each as it is known, the quick ones first.
  ///
  /// `goOn` is told how far what takes long is; `interrupted` is thrown if it says false.
  public func run(goOn: (_ done: Int, _ count: Int) -> Bool, report: (Check) -> Void) throws {
    let blas = BLAS.obstacle
    if let blas { report(BLAS(name: "", obstacle: blas).check) }
    // Asking for the library's name ends a program that cannot load it.
    guard blas == nil else { return surroundings.forEach(report) }
    let environment = RunEnvironment.current()
    report(Processor.here(environment).check)
    report(BLAS(name: "OpenBLAS: \(environment.libraries["openblas"] ?? "unknown")").check)
    report(EngineThreads.here.check)
    surroundings.forEach(report)
    report(try SelfTest.run(goOn: goOn).check)
    report(try Speed.measure(goOn: goOn).check)
  }

  /// All that needs no arithmetic.
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
