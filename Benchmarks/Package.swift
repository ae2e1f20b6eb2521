// swift-tools-version: 6.1
import PackageDescription

let package = Package(
  name: "s3n-benchmarks",
  dependencies: [
    .package(name: "s3n-bench", path: ".."),
    .package(url: "https://github.com/ordo-one/benchmark", exact: "1.38.1", traits: []),
  ],
  targets: [
    .executableTarget(
      name: "Kernels",
      dependencies: [
        .product(name: "Benchmark", package: "benchmark"), .product(name: "S3NPerformance", package: "s3n-bench"),
      ],
      path: "Benchmarks/Kernels",
      plugins: [.plugin(name: "BenchmarkPlugin", package: "benchmark")])
  ],
  swiftLanguageModes: [.v6]
)
