import Foundation
import TestSupport
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

  /// Kaggle's copies: images in a folder of the same name, annotations flat or one folder deeper, and the other
  /// layout's annotations without its images.
  @Test(arguments: ["", "devkit", "car_devkit/devkit"], [false, true]) func kagglesFolders(
    _ devkit: String, _ isNested: Bool
  ) throws {
    try withCars { folder in
      let expected = try Dataset.open("cars", folder: folder.path)
      let files = FileManager.default
      try files.createDirectory(at: folder.appendingPathComponent("new"), withIntermediateDirectories: true)
      for name in ["cars_meta.mat", "cars_train_annos.mat"] {
        let target = folder.appendingPathComponent("new/" + name)
        try files.moveItem(at: folder.appendingPathComponent("devkit/" + name), to: target)
      }
      try files.removeItem(at: folder.appendingPathComponent("devkit"))
      let place = folder.appendingPathComponent(devkit)
      try files.createDirectory(at: place, withIntermediateDirectories: true)
      for name in ["cars_meta.mat", "cars_train_annos.mat"] {
        try files.moveItem(at: folder.appendingPathComponent("new/" + name), to: place.appendingPathComponent(name))
      }
      for split in isNested ? ["cars_train", "cars_test"] : [] {
        let outer = folder.appendingPathComponent(split)
        try files.moveItem(at: outer, to: folder.appendingPathComponent("new/" + split))
        try files.createDirectory(at: outer, withIntermediateDirectories: true)
        try files.moveItem(at: folder.appendingPathComponent("new/" + split), to: outer.appendingPathComponent(split))
      }
      try withUnpacked("car_ims.tgz") { other in
        try files.copyItem(
          at: other.appendingPathComponent("cars_annos.mat"), to: folder.appendingPathComponent("cars_annos.mat"))
      }
      let dataset = try Dataset.open("cars", folder: folder.path)
      #expect(dataset.train.map(\.label) == expected.train.map(\.label) && dataset.classNames == expected.classNames)
      #expect(dataset.test.map(\.number) == expected.test.map(\.number) && dataset.brokenImages().isEmpty)
      #expect(dataset.train[0].id == (isNested ? "cars_train/cars_train/00001.jpg" : "cars_train/00001.jpg"))
    }
  }

  @Test func anArchiveInAFolderOfItsOwnIsFound() throws {
    try withTemporaryFolder { outer in
      try withCars { folder in
        let inner = outer.appendingPathComponent("archive/stanford_cars")
        try FileManager.default.createDirectory(
          at: inner.deletingLastPathComponent(), withIntermediateDirectories: true)
        try FileManager.default.createDirectory(
          at: outer.appendingPathComponent("__MACOSX"), withIntermediateDirectories: true)
        try FileManager.default.copyItem(at: folder, to: inner)
        #expect(try Dataset.open("cars", folder: outer.path).train.count == 6)
      }
    }
  }

  @Test func theTestImagesClassesAreSaidToBeAFileOfItsOwn() throws {
    try withCars { folder in
      try FileManager.default.removeItem(at: folder.appendingPathComponent("cars_test_annos_withlabels.mat"))
      let error = #expect(throws: DatasetError.self) { try Dataset.open("cars", folder: folder.path) }
      #expect(error?.description.contains("found no cars_test_annos_withlabels.mat") == true)
      #expect(error?.description.contains("https://www.kaggle.com/") == true)
    }
  }

  @Test func aClassNameThatNoRowCanHoldIsSaidBefore() throws {
    try withCars { folder in
      let meta = folder.appendingPathComponent("devkit/cars_meta.mat")
      let packed = try Array(Data(contentsOf: meta))
      // The same variable uncompressed, as MATLAB's -v6 option writes it.
      var variable = try inflated(packed[136...], limit: 4096)
      let place = try #require(variable.indices.first { variable[$0...].starts(with: "Auriga Sedan".utf8) })
      variable[place + 6] = 0x0A
      try Data(packed[..<128] + variable).write(to: meta)
      let error = #expect(throws: DatasetError.self) { try Dataset.open("cars", folder: folder.path) }
      #expect(error?.description.contains("\"Auriga<line feed>Sedan 2003\" for class 2") == true)
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
        // A file that ends between two variables is valid, with fewer variables.
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
