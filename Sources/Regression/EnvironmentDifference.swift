import Records

/// One difference between the environments of two runs, and what depends on it.
public struct EnvironmentDifference: Equatable, Sendable, CustomStringConvertible {
  public let name: String
  public let baseline: String
  public let now: String
  /// Whether the difference may change rounding, so that weights need not be bit-identical.
  public let decidesBits: Bool
  /// Whether the difference makes times incomparable.
  public let decidesTimes: Bool

  public var description: String { "\(name) is \(now), but \(baseline) in the baseline" }
}

extension [RunEnvironment] {
  /// The differences in `now`; the commands of a folder may have run on several machines.
  public func differences(to now: [RunEnvironment]) -> [EnvironmentDifference] {
    facts.compactMap { fact in
      let (mine, others) = (map(fact.value).unique(), now.map(fact.value).unique())
      guard Set(mine) != Set(others) else { return nil }
      return EnvironmentDifference(
        name: fact.name, baseline: mine.joined(separator: " and "), now: others.joined(separator: " and "),
        decidesBits: fact.decides.contains(.bits), decidesTimes: fact.decides.contains(.times))
    }
  }
}

private struct Fact {
  enum Decision { case bits, times }
  let name: String
  let decides: Set<Decision>
  let value: @Sendable (RunEnvironment) -> String

  init(_ name: String, _ decides: Set<Decision> = [], _ value: @escaping @Sendable (RunEnvironment) -> String) {
    (self.name, self.decides, self.value) = (name, decides, value)
  }

  static func library(_ name: String, _ decides: Set<Decision> = []) -> Fact {
    Fact(name, decides) { $0.libraries[name] ?? "unknown" }
  }
}

/// Bits depend on what the guarantee of equal weights names: portable C, OpenBLAS with its kernel, FFTW, and the build.
/// The commit does not excuse different bits: a gate must report that it changed them.
private let facts: [Fact] = [
  Fact("the CPU", [.times]) { $0.cpu.model },
  Fact("the CPU's flags", [.times]) { $0.cpu.flags.joined(separator: " ") },
  Fact("the number of CPUs", [.times]) { "\($0.cpu.logicalCores)" },
  Fact("the number of threads", [.times]) { "\($0.threads)" },
  Fact("the number of ranks", [.times]) { "\($0.ranks ?? 1)" },
  Fact("memory", [.times]) { "\($0.memoryBytes) bytes" },
  Fact("the instruction set", [.times]) { $0.instructionSet },
  Fact("the rounding", [.bits]) { $0.instructionSet == "portable" ? "that of portable C" : "that of AVX2 and AVX-512" },
  Fact("the compiler", [.bits]) { $0.compiler },
  Fact("the build", [.bits, .times]) { $0.build },
  .library("openblas", [.bits]), .library("fftw", [.bits]),
  .library("libjpeg-turbo"), .library("libpng"), .library("libwebp"),
  Fact("the operating system") { $0.operatingSystem },
  Fact("the kernel") { $0.kernel },
  Fact("the planted fault") { $0.plantedFault ?? "none" },
  Fact("the commit") { $0.commit.map { $0.hash + ($0.dirty ? " with changes" : "") } ?? "unknown" },
]
