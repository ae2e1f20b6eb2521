import Foundation
import TestSupport

@testable import DatasetStore
@testable import Datasets

extension FuzzTarget {
  /// datasets.lock, and the lock of the store's tests.
  static func lock() throws -> FuzzTarget {
    let samples = try ["../datasets.lock", "DatasetStoreTests/Fixtures/fixtures.lock"].map {
      try bytes(Fixtures.path($0, of: ""))
    }
    return FuzzTarget(samples: samples, mayThrow: { $0 is StoreError }) { path in
      _ = try Lock(readingFrom: path).items.map(\.bytes)
    }
  }

  /// An archive, tar or zip, unpacked within narrow limits; nothing may be written outside the folder.
  static func archive(_ own: TemporaryFolder) throws -> FuzzTarget {
    let samples = try ["CUB_200_2011.tgz", "car_devkit.tgz", "archive.zip"].map {
      try bytes(Fixtures.path($0, of: "DatasetStoreTests/Fixtures"))
    }
    let outer = own.path("outer")
    return FuzzTarget(samples: samples, mayThrow: { $0 is StoreError }) { path in
      let files = FileManager.default
      try? files.removeItem(atPath: outer)
      try files.createDirectory(atPath: outer + "/inside", withIntermediateDirectories: true)
      defer {
        precondition((try? files.contentsOfDirectory(atPath: outer)) == ["inside"], "\(path) wrote outside its folder")
      }
      try Extraction(
        archive: path, folder: outer + "/inside", limits: .init(entries: 200, bytes: 1 << 22), context: StoreContext()
      )
      .run()
    }
  }

  /// Stanford Cars' annotations in MATLAB's format.
  static func mat() throws -> FuzzTarget {
    let sample = try bytes(Fixtures.path("cars_test_annos_withlabels.mat", of: "DatasetStoreTests/Fixtures"))
    return FuzzTarget(samples: [sample], mayThrow: { $0 is DatasetError }) { path in
      _ = try MATFile(path)
    }
  }
}
