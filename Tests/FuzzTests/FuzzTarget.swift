import Foundation
import Records
import Tensors
import TestSupport
import Testing

/// A reader fed with damaged files: it must accept them or reject them with an error of its own, nothing else.
struct FuzzTarget {
  /// Makes an input; by default, a damaged sample.
  let input: (inout SeededGenerator) -> [UInt8]
  /// Reads the file and all its contents.
  let read: (_ path: String) throws -> Void
  /// Whether the reader may reject a file with this error.
  let mayThrow: (any Error) -> Bool

  init(
    samples: [[UInt8]], mayThrow: @escaping (any Error) -> Bool, read: @escaping (_ path: String) throws -> Void
  ) {
    self.init(input: { Mutator.input(from: samples, &$0) }, mayThrow: mayThrow, read: read)
  }

  init(
    input: @escaping (inout SeededGenerator) -> [UInt8], mayThrow: @escaping (any Error) -> Bool,
    read: @escaping (_ path: String) throws -> Void
  ) {
    self.input = input
    self.read = read
    self.mayThrow = mayThrow
  }
}

/// A target with its name; created when needed, with a folder for its files.
struct NamedTarget: Sendable, CustomTestStringConvertible {
  let name: String
  let make: @Sendable (_ folder: TemporaryFolder) throws -> FuzzTarget

  init(_ name: String, _ make: @escaping @Sendable (_ folder: TemporaryFolder) throws -> FuzzTarget) {
    self.name = name
    self.make = make
  }

  var testDescription: String { name }

  /// The targets that `S3N_FUZZ_READERS` names, separated by commas; all if it names none.
  static let chosen: [NamedTarget] = {
    let names = ProcessInfo.processInfo.environment["S3N_FUZZ_READERS"]?.split(separator: ",").map(String.init) ?? []
    return names.isEmpty ? all : all.filter { names.contains($0.name) }
  }()

  /// All readers of third-party files.
  static let all = [
    NamedTarget("safetensors") { _ in try .weights(["dtypes.safetensors", "expected.safetensors"]) },
    NamedTarget("zip") { _ in try .weights(Fixtures.torch("zip") + ["module-zip.pth"]) },
    NamedTarget("legacy") { _ in
      try .weights(Fixtures.torch("legacy") + ["objects-protocol1-legacy.pth", "old-legacy.pth"])
    },
    NamedTarget("pickle") { _ in try .pickles(PickleSources.damaged) },
    NamedTarget("program") { _ in try .pickles(PickleSources.program) },
    NamedTarget("network guess") { try .guess($0) },
    NamedTarget("checkpoint") { try .checkpoint($0) },
    NamedTarget("golden bundle") { try .goldenBundle($0) },
    NamedTarget("csv") { _ in .csv() },
    NamedTarget("report runs") { try .report(.runs, $0) },
    NamedTarget("report epochs") { try .report(.epochs, $0) },
    NamedTarget("report predictions") { try .report(.predictions, $0) },
    NamedTarget("report fingerprints") { try .report(.fingerprints, $0) },
    NamedTarget("report stages") { try .report(.stages, $0) },
    NamedTarget("report sampling") { try .report(.sampling, $0) },
    NamedTarget("localisation") { _ in try .table(.localisation, of: LocalisationRow.self) },
    NamedTarget("interventions") { _ in try .table(.interventions, of: InterventionRow.self) },
    NamedTarget("counterfactuals") { _ in try .table(.counterfactuals, of: CounterfactualRow.self) },
    NamedTarget("cells") { try .cells($0) },
    NamedTarget("report recipe") { try .report(.recipe, $0) },
    NamedTarget("report environment") { try .report(.environment, $0) },
    NamedTarget("report manifest") { try .report(.manifest, $0) },
    NamedTarget("cub images") { try .cub("images.txt", $0) },
    NamedTarget("cub classes") { try .cub("classes.txt", $0) },
    NamedTarget("cub labels") { try .cub("image_class_labels.txt", $0) },
    NamedTarget("cub split") { try .cub("train_test_split.txt", $0) },
    NamedTarget("cub boxes") { try .cubAnnotations("bounding_boxes.txt", $0) },
    NamedTarget("cub part names") { try .cubAnnotations("parts/parts.txt", $0) },
    NamedTarget("cub parts") { try .cubAnnotations("parts/part_locs.txt", $0) },
    NamedTarget("cub clicks") { try .cubAnnotations("parts/part_click_locs.txt", $0) },
    NamedTarget("cub attribute names") { try .cubAnnotations("../attributes.txt", $0) },
    NamedTarget("cub certainties") { try .cubAnnotations("attributes/certainties.txt", $0) },
    NamedTarget("cub attributes") { try .cubAnnotations("attributes/image_attribute_labels.txt", $0) },
    NamedTarget("cub class attributes") {
      try .cubAnnotations("attributes/class_attribute_labels_continuous.txt", $0)
    },
    NamedTarget("aircraft classes") { try .aircraft("variants.txt", $0) },
    NamedTarget("aircraft images") { try .aircraft("images_variant_trainval.txt", $0) },
    NamedTarget("aircraft boxes") { try .aircraft("images_box.txt", $0) },
    NamedTarget("lock") { _ in try .lock() },
    NamedTarget("options") { _ in .configuration(FuzzTarget.options) },
    NamedTarget("released configuration") { _ in .configuration(FuzzTarget.released) },
    NamedTarget("archive") { try .archive($0) },
    NamedTarget("mat") { _ in try .mat() },
    NamedTarget("jpeg") { _ in try .images(".jpg") },
    NamedTarget("png") { _ in try .images(".png") },
    NamedTarget("webp") { _ in try .images(".webp") },
    NamedTarget("image list") { try .list($0) },
  ]
}
