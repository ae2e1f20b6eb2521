import Foundation
import TestSupport
import Testing

@testable import Datasets

/// Long work on images stops when its user wants, and leaves nothing half done.
@Suite struct InterruptionTests {
  private let birdlets = Birdlets(size: 16, trainPerClass: 2, testPerClass: 2)

  /// Whether some work that is stopped after `parts` parts reports that it was interrupted.
  private func isInterrupted(after parts: Int, _ work: ((_ done: Int, _ count: Int) -> Bool) throws -> Void) -> Bool {
    let error = #expect(throws: DatasetError.self) { try work { done, _ in done < parts } }
    return error == .interrupted && error?.fault == .interruption
  }

  @Test(arguments: [0, 1, 5]) func lookingAtImagesEnds(_ parts: Int) throws {
    let dataset = try birdlets.dataset()
    #expect(isInterrupted(after: parts) { _ = try dataset.verified(goOn: $0) })
  }

  @Test(arguments: [0, 1, 5]) func drawingASheetEnds(_ parts: Int) throws {
    let dataset = try birdlets.dataset()
    #expect(isInterrupted(after: parts) { _ = try ContactSheet(perClass: 1).image(of: dataset, goOn: $0) })
  }

  @Test(arguments: [0, 1, 5]) func writingADatasetEndsBeforeItCanBeTakenForOne(_ parts: Int) throws {
    try withTemporaryFolder { folder in
      let path = folder.path + "/birdlets"
      #expect(isInterrupted(after: parts) { try birdlets.write(to: path, goOn: $0) })
      #expect(throws: DatasetError.self) { try Dataset.open("cub", folder: path) }
      // What a killed process would leave is no obstacle either.
      try FileManager.default.createDirectory(atPath: path + "/.1.tmp/images", withIntermediateDirectories: true)
      try birdlets.write(to: path)
      #expect(try Dataset.open("cub", folder: path).train.count == 32)
      #expect(try FileManager.default.contentsOfDirectory(atPath: path).count == 7)
    }
  }
}
