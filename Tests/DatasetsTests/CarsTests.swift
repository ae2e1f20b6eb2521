import Foundation
import Testing

@testable import Datasets

private let archives = ["car_devkit.tgz", "cars_train.tgz", "cars_test.tgz", "cars_test_annos_withlabels.mat"]

private func withCars(_ body: (URL) throws -> Void) throws {
  try withUnpacked(archives[0], archives[1], archives[2], archives[3], body: body)
}

@Suite struct CarsTests {
  @Test func theOriginalFolders() throws {
    try withCars { folder in
      let dataset = try Dataset.open("cars", folder: folder.path)
      #expect(dataset.classNames == ["Auriga Coupe 2001", "Auriga Sedan 2003", "Meridian Van 1998"])
      #expect(dataset.train.map(\.label) == [0, 1, 2, 0, 1, 2] && dataset.test.map(\.label) == [0, 1, 2])
      #expect(dataset.train[0].id == "cars_train/00001.jpg" && dataset.test[2].id == "cars_test/00003.jpg")
      #expect(dataset.test[0].number == 7 && dataset.brokenImages().isEmpty)
      let some = try Dataset.open("cars", folder: folder.path, classes: ClassSelection("3"))
      #expect(some.train.map(\.id) == ["cars_train/00003.jpg", "cars_train/00006.jpg"])
    }
  }

  @Test func theSingleFolder() throws {
    try withUnpacked("car_ims.tgz") { folder in
      let dataset = try Dataset.open("cars", folder: folder.path)
      #expect(dataset.classNames.count == 3 && dataset.train.count == 6 && dataset.test.count == 3)
      #expect(dataset.test[0].id == "car_ims/000007.jpg" && dataset.brokenImages().isEmpty)
    }
  }

  @Test func aForeignFolderSaysWhatWasExpected() throws {
    try withTemporaryFolder { folder in
      let error = #expect(throws: DatasetError.self) { try Dataset.open("cars", folder: folder.path) }
      #expect(error?.description.contains("cars_annos.mat") == true)
      #expect(error?.description.contains("cars_meta.mat") == true)
    }
  }

  @Test func anotherMATLABFileIsNoAnnotation() throws {
    try withCars { folder in
      let meta = folder.appendingPathComponent("devkit/cars_meta.mat")
      let train = folder.appendingPathComponent("devkit/cars_train_annos.mat")
      try FileManager.default.removeItem(at: train)
      try FileManager.default.copyItem(at: meta, to: train)
      let error = #expect(throws: DatasetError.self) { try Dataset.open("cars", folder: folder.path) }
      #expect(error?.description.contains("cars_train_annos.mat") == true)
    }
  }
}

@Suite struct MATFileTests {
  private func bytes(_ name: String, in archive: String) throws -> [UInt8] {
    try withUnpacked(archive) { Array(try Data(contentsOf: $0.appendingPathComponent(name))) }
  }

  @Test func valuesAreThoseThatWereWritten() throws {
    let file = try bytes("cars_annos.mat", in: "car_ims.tgz")
    let rows = try #require(try MATFile.variables(file)["annotations"]?.structs)
    #expect(rows.count == 9)
    #expect(rows[8]["relative_im_path"] == .text("car_ims/000009.jpg") && rows[8]["test"]?.integer == 1)
    #expect(["bbox_x1", "bbox_y1", "bbox_x2", "bbox_y2"].map { rows[0][$0]?.integer } == [2, 3, 20, 30])
  }

  @Test func otherFilesAreRefused() throws {
    let good = try bytes("cars_annos.mat", in: "car_ims.tgz")
    for file in [[], Array("MATLAB 7.3 MAT-file".utf8), [UInt8](repeating: 0, count: 200), Array(good.prefix(127))] {
      #expect(throws: ReadFailure.self) { try MATFile.variables(file) }
    }
    var swapped = good
    (swapped[126], swapped[127]) = (swapped[127], swapped[126])
    #expect(throws: ReadFailure.self) { try MATFile.variables(swapped) }
  }

  @Test func cutFilesAreRefused() throws {
    for (name, archive) in [("cars_annos.mat", "car_ims.tgz"), ("devkit/cars_meta.mat", "car_devkit.tgz")] {
      let file = try bytes(name, in: archive)
      for length in 129..<file.count {
        // A file that ends between two variables is whole, with fewer of them.
        let found = (try? MATFile.variables(Array(file.prefix(length)))) ?? [:]
        #expect(found.count < (name == "cars_annos.mat" ? 2 : 1))
      }
    }
  }

  @Test func mutationsAreRefusedOrRead() throws {
    let plain = Array(try Data(contentsOf: URL(fileURLWithPath: archive("cars_test_annos_withlabels.mat"))))
    let packed = try bytes("cars_annos.mat", in: "car_ims.tgz")
    var state: UInt64 = 2013
    func random(_ limit: Int) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int(state >> 33) % limit
    }
    for _ in 0..<20_000 {
      var file = random(3) == 0 ? packed : plain
      for _ in 0...random(4) {
        file[128 + random(file.count - 128)] = [0, 1, 0x7F, 0xFF, UInt8(random(256))][random(5)]
      }
      if random(4) == 0 { file.removeLast(random(file.count)) }
      _ = try? MATFile.variables(file)
    }
  }

  @Test func whatUnpacksToTooMuchIsRefused() throws {
    let bomb = try bytes("cars_annos.mat", in: "car_ims.tgz")[136...]
    #expect(throws: ReadFailure.self) { try inflated(bomb, limit: 100) }
  }
}
