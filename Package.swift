// swift-tools-version: 6.1
import PackageDescription

// `swift run bench` builds in debug, where numeric Swift loops are 35-200 times slower and C at -O0 10-26 times.
// Targets that compute are therefore optimised in debug builds too; optimising the others would take four times as long
// to compile. BENCH_ONONE=1 makes a real debug build, with asserts.
let plainDebug = Context.environment["BENCH_ONONE"] != nil
let computing: Set = [
  "Tensors", "Collectives", "Statistics", "Records", "Operators", "Datasets", "WeightFiles", "Comparisons", "Layers",
  "Models", "Experiments", "Performance", "Parity", "Explanations", "OperatorsTests", "LayersTests", "ModelsTests",
]
let cSettings: [CSetting] =
  plainDebug ? [] : [.unsafeFlags(["-O3", "-fno-slp-vectorize"])]
let cxxSettings: [CXXSetting] =
  plainDebug ? [] : [.unsafeFlags(["-O2"], .when(configuration: .debug))]

func library(_ name: String, _ dependencies: [Target.Dependency]) -> Target {
  .target(name: name, dependencies: dependencies)
}

func tests(_ name: String, _ dependencies: [Target.Dependency] = [], resources: [Resource] = []) -> Target {
  .testTarget(
    name: name + "Tests", dependencies: [.byName(name: name)] + dependencies, resources: resources)
}

/// A dependency only in builds with the trait MPI.
func withMPI(_ name: String) -> Target.Dependency { .target(name: name, condition: .when(traits: ["MPI"])) }

func system(_ name: String, _ pkgConfig: String, _ debianPackage: String) -> Target {
  .systemLibrary(name: name, pkgConfig: pkgConfig, providers: [.apt([debianPackage])])
}

let package = Package(
  name: "s3n-bench",
  products: [
    .executable(name: "bench", targets: ["bench"]),
    .library(name: "S3NPerformance", targets: ["Performance"]),
    .library(
      name: "S3NEngine", targets: ["S3NEngine", "Tensors", "Timing", "Operators", "WeightFiles", "Layers", "Models"]),
  ],
  traits: [
    .trait(name: "MPI", description: "One training over several processes, by Open MPI: Scripts/install --mpi.")
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    .package(url: "https://github.com/apple/swift-protobuf", from: "1.39.0"),
    .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
    .package(url: "https://github.com/swiftlang/swift-docc-plugin", from: "1.5.0"),
    .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
    .package(url: "https://github.com/swhitty/FlyingFox", from: "0.27.1"),
  ],
  targets: [
    // Floor 0: system libraries, C kernels, the C++ shim.
    system("CFFTW", "fftw3", "libfftw3-dev"),
    system("CZip", "libzip", "libzip-dev"),
    system("CZlib", "zlib", "zlib1g-dev"),
    system("CCurl", "libcurl", "libcurl4-openssl-dev"),
    system("CArchive", "libarchive", "libarchive-dev"),
    system("CCrypto", "libcrypto", "libssl-dev"),
    system("CMPI", "ompi-c", "libopenmpi-dev"),
    .target(name: "CKernels", cSettings: cSettings, linkerSettings: [.linkedLibrary("pthread"), .linkedLibrary("m")]),
    .target(name: "CPretrained"),
    .target(name: "COpenBLAS", dependencies: ["CKernels"], linkerSettings: [.linkedLibrary("dl")]),
    .target(
      name: "ImageCodecs", cSettings: cSettings,
      linkerSettings: [
        .linkedLibrary("jpeg"), .linkedLibrary("png"), .linkedLibrary("webpdemux"), .linkedLibrary("webp"),
      ]),
    .target(
      name: "GnuplotStream", cxxSettings: cxxSettings,
      linkerSettings: [
        .linkedLibrary("boost_iostreams"), .linkedLibrary("boost_system"), .linkedLibrary("boost_filesystem"),
      ]),

    // Floor 1: files that are written whole, checksums, tensors, stages, statistics, runs on disk.
    library("Files", []),
    library("Hashing", ["CCrypto"]),
    library(
      "PageServer",
      [.product(name: "FlyingFox", package: "FlyingFox"), .product(name: "FlyingSocks", package: "FlyingFox")]),
    library("Limits", ["Files"]),
    library("Tensors", ["CKernels"]),
    library("Timing", []),
    library("Collectives", ["CKernels", "Timing", withMPI("CMPI")]),
    library("Statistics", []),
    library("Records", ["Files", "Hashing", "Statistics"]),

    // Floor 2: functions on tensors; files to tensors; rows to comparisons.
    library("Operators", ["Tensors", "CKernels", "COpenBLAS", "CFFTW"]),
    library("Datasets", ["Files", "Hashing", "Tensors", "CKernels", "ImageCodecs", "CZlib"]),
    .target(
      name: "DatasetStore",
      dependencies: ["Files", "Hashing", "Limits", "CCurl", "CArchive"],
      // A link to the file at the top level, so that an installed program has the repository's lock.
      resources: [.embedInCode("datasets.lock")]),
    library("WeightFiles", ["Files", "Tensors", "CZip"]),
    .target(
      name: "ONNXFiles",
      dependencies: ["Tensors", "WeightFiles", .product(name: "SwiftProtobuf", package: "swift-protobuf")],
      exclude: ["onnx.proto"]),

    .target(
      name: "EventFiles", dependencies: ["Files", .product(name: "SwiftProtobuf", package: "swift-protobuf")],
      exclude: ["event.proto"]),

    library("Comparisons", ["Records", "Statistics"]),
    library("Regression", ["Records", "Statistics"]),
    library("Configuration", ["Files", .product(name: "Yams", package: "Yams")]),

    // Floors 3 and 4: the engine's upper half, and the whole engine under one name.
    library("Layers", ["Tensors", "Operators"]),
    library("Models", ["Files", "Layers", "Operators", "Tensors", "Timing", "WeightFiles"]),
    library("S3NEngine", ["Layers", "Models", "Operators", "Tensors", "Timing", "WeightFiles"]),

    // Floor 5: experiments and their figures.
    library(
      "Experiments",
      [
        "Models", "Layers", "Operators", "Tensors", "Timing", "Collectives", "WeightFiles", "Datasets", "Records",
        "Hashing", "Files", "Limits", "CKernels", "COpenBLAS", "CFFTW", "CPretrained", "ImageCodecs",
      ]),
    library(
      "Performance",
      ["Models", "Layers", "Operators", "Tensors", "Timing", "Datasets", "Limits", "Records", "Statistics", "CKernels"]),
    library("Parity", ["Models", "Layers", "Operators", "Tensors", "WeightFiles", "Records"]),
    library("Figures", ["Comparisons", "Files", "Records", "GnuplotStream"]),
    library("Reports", ["Comparisons", "Figures", "Files", "Records", "Statistics"]),
    library("Interchange", ["DatasetStore", "EventFiles", "Files", "Records"]),
    library("Export", ["Models", "Operators", "Tensors", "Datasets", "ONNXFiles", "WeightFiles"]),
    library(
      "Planning",
      ["Experiments", "Performance", "Models", "Timing", "Statistics", "Tensors", "Limits", "Records"]),
    library(
      "Diagnosis",
      [
        "Planning", "Experiments", "Performance", "Figures", "DatasetStore", "Datasets", "Limits", "Records", "Files",
        "Tensors", "Timing", "COpenBLAS",
      ]),

    // Floor 6: where trained models look, and whether that matters.
    library(
      "Explanations",
      ["Experiments", "Figures", "Models", "Operators", "Tensors", "Datasets", "Records", "Statistics"]),

    // Floor 7: the command line.
    .executableTarget(
      name: "bench",
      dependencies: [
        "Configuration", "Diagnosis", "Planning", "Experiments", "Explanations", "Parity", "Performance", "Figures",
        "Reports", "Interchange", "EventFiles", "PageServer", "Export", "Comparisons", "Regression", "Records",
        "Hashing", "Datasets", "Collectives",
        "DatasetStore", "Files",
        "Limits", "WeightFiles", "Models", "Operators", "Statistics", "Tensors", "Timing", "CKernels",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
        .product(name: "Logging", package: "swift-log"),
      ]),

    tests("Files", ["TestSupport"]),
    tests("Hashing"),
    tests("PageServer"),
    tests("Limits", ["Files", "TestSupport"]),
    tests("Tensors"),
    tests("Timing"),
    tests("Collectives", ["ThreadCommunicator"]),
    tests("Statistics", resources: [.copy("Fixtures")]),
    tests("Records", ["Files", "Statistics", "TestSupport"]),
    tests("Comparisons", ["Records", "TestSupport"]),
    tests("Regression", ["Records", "TestSupport"]),
    tests("Configuration", ["TestSupport"]),
    tests("Operators", ["Tensors", "ThreadCounts"]),
    tests("Datasets", ["DatasetStore", "Files", "Tensors", "CKernels", "TestSupport"], resources: [.copy("Fixtures")]),
    tests("DatasetStore", ["Files", "Hashing", "TestSupport"], resources: [.copy("Fixtures")]),
    tests("WeightFiles", ["Tensors", "PickleAssembler", "TestSupport"], resources: [.copy("Fixtures")]),
    tests(
      "ONNXFiles",
      ["Tensors", "TestSupport", "WeightFiles", .product(name: "SwiftProtobuf", package: "swift-protobuf")],
      resources: [.copy("Fixtures")]),
    tests("EventFiles", ["TestSupport"]),
    tests("Layers", ["Operators", "Tensors", "ThreadCounts"]),
    tests("Models", ["Layers", "Operators", "Tensors", "TestSupport", "ThreadCounts", "WeightFiles"]),
    tests(
      "Experiments",
      [
        "Collectives", "Datasets", "Files", "Layers", "Models", "Operators", "Records", "Tensors", "ThreadCommunicator",
        "ThreadCounts", "WeightFiles", "Hashing", "Limits", "TestSupport",
      ]),
    tests(
      "Performance",
      ["CKernels", "Datasets", "Layers", "Models", "Operators", "Timing", "Records", "Tensors", "TestSupport"]),
    tests("Planning", ["Datasets", "Experiments", "Limits", "Performance"]),
    tests("Diagnosis", ["DatasetStore", "Limits", "Performance"]),
    tests("Parity", ["Models", "WeightFiles", "Tensors"], resources: [.copy("Golden")]),
    tests("Figures", ["Comparisons", "Records", "TestSupport"]),
    tests("Reports", ["Comparisons", "Figures", "Records", "TestSupport"]),
    tests("Interchange", ["DatasetStore", "EventFiles", "Records", "TestSupport"]),
    tests(
      "Explanations",
      [
        "Datasets", "Experiments", "Layers", "Models", "Operators", "Records", "Statistics", "Tensors",
        "TestSupport",
      ]),
    tests("Export", ["Layers", "Models", "Operators", "Tensors", "TestSupport"]),
    .testTarget(
      name: "BenchTests",
      dependencies: [
        "bench", "Comparisons", "Configuration", "Regression", "Experiments", "Figures", "Files", "Limits", "Records",
        "Datasets",
        "DatasetStore", "Models", "Tensors", "TestSupport", "WeightFiles",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
        .product(name: "Logging", package: "swift-log"),
      ],
      exclude: ["Snapshots"]),

    // Several ranks in one process.
    .target(
      name: "ThreadCommunicator", dependencies: ["Collectives"], path: "Tests/ThreadCommunicator"),

    // Temporary folders for tests, and the location of the repository.
    .target(name: "TestSupport", path: "Tests/TestSupport"),

    // The number of threads, which all tests of a process share.
    .target(name: "ThreadCounts", dependencies: ["Tensors"], path: "Tests/ThreadCounts"),

    // Across the floors: readers of randomly damaged files, and checks of this table.
    .target(name: "PickleAssembler", path: "Tests/PickleAssembler"),
    .testTarget(
      name: "FuzzTests",
      dependencies: [
        "Configuration", "DatasetStore", "Datasets", "Experiments", "Layers", "Models", "Parity", "PickleAssembler",
        "TestSupport",
        "Records", "Tensors", "WeightFiles",
      ]),
    .testTarget(
      name: "LayeringTests", dependencies: ["TestSupport", .product(name: "Yams", package: "Yams")]),
  ],
  swiftLanguageModes: [.v6],
  cLanguageStandard: .c11,
  cxxLanguageStandard: .cxx17
)

// Whole-module builds: compiling file by file takes twice as long.
for target in package.targets where !plainDebug && [.regular, .executable, .test].contains(target.type) {
  let flags = ["-wmo", "-num-threads", "2", "-disable-batch-mode"] + (computing.contains(target.name) ? ["-O"] : [])
  target.swiftSettings = [.unsafeFlags(flags, .when(configuration: .debug))]
}
