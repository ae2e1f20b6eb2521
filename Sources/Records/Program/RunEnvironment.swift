import Files
import Foundation

/// The machine, program and settings of one command: a record of environment.json.
public struct RunEnvironment: Codable, Equatable, Sendable {
  /// A hash of everything that can affect a result or a time; equal for two runs that may be compared.
  public private(set) var id: String
  /// When the command began, in UTC.
  public var date: String
  /// The command as typed, without the program's folder, and with a configuration file's options in place of its name.
  public var commandLine: [String]
  public var cpu: CPU
  /// The instruction set that the kernels use, such as "avx512".
  public var instructionSet: String
  public var threads: Int
  /// The number of processes that made each run together; nil for one.
  public var ranks: Int?
  public var memoryBytes: UInt64
  public var operatingSystem: String
  public var kernel: String
  /// Versions and configurations of the libraries, by name.
  public var libraries: [String: String]
  public var compiler: String
  /// "release", "debug" or "debug, optimised".
  public var build: String
  /// nil where the program is neither in an archive nor in its own checkout.
  public var commit: Commit?
  /// The fault that was planted into the program on purpose; nil for none.
  public var plantedFault: String?

  public struct CPU: Codable, Equatable, Sendable {
    public var model: String
    public var logicalCores: Int
    public var flags: [String]

    enum CodingKeys: String, CodingKey {
      case model
      case logicalCores = "logical_cores"
      case flags
    }
  }

  public struct Commit: Codable, Hashable, Sendable {
    public var hash: String
    /// Whether the sources differed from the commit when the run began.
    public var dirty: Bool
  }

  enum CodingKeys: String, CodingKey {
    case id, date
    case commandLine = "command_line"
    case cpu
    case instructionSet = "instruction_set"
    case threads, ranks
    case memoryBytes = "memory_bytes"
    case operatingSystem = "operating_system"
    case kernel, libraries, compiler, build, commit
    case plantedFault = "planted_fault"
  }

  /// Describes this machine and program; what cannot be determined is "unknown" or nil, and nothing fails.
  ///
  /// `commandLine` and `commit` are this process's own unless given.
  public init(
    instructionSet: String, threads: Int, libraries: [String: String], commandLine: [String]? = nil, ranks: Int = 1,
    plantedFault: String? = nil, commit: Commit? = .current, date: Date = Date()
  ) {
    id = ""
    self.date = date.formatted(.iso8601)
    self.commandLine = commandLine ?? ["bench"] + processArguments().dropFirst()
    cpu = .current
    self.instructionSet = instructionSet
    self.threads = threads
    self.ranks = ranks > 1 ? ranks : nil
    memoryBytes = ProcessInfo.processInfo.physicalMemory
    operatingSystem = ProcessInfo.processInfo.operatingSystemVersionString
    kernel = Self.currentKernel
    self.libraries = libraries
    compiler = Self.currentCompiler
    build = Self.currentBuild
    self.commit = commit
    self.plantedFault = plantedFault
    id = fingerprint
  }

  private var fingerprint: String {
    let libraries = self.libraries.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }
    let parts =
      [cpu.model, instructionSet, String(threads), compiler, build, commit?.hash ?? "", "\(commit?.dirty ?? false)"]
      + cpu.flags + ["\(cpu.logicalCores) CPUs", "\(memoryBytes) bytes"]
      + libraries + (ranks.map { ["ranks=\($0)"] } ?? []) + (plantedFault.map { ["fault=\($0)"] } ?? [])
    return stableHash(parts.joined(separator: "\n"))
  }
}

/// environment.json: one record for each command that wrote into the folder, oldest first.
public struct EnvironmentFile: Codable, Equatable, Sendable {
  public var commands: [RunEnvironment]

  /// Reads `file`.
  public static func read(from file: URL) throws(RecordsError) -> EnvironmentFile {
    try readJSON(EnvironmentFile.self, "environments", from: file)
  }
}

extension RunStore {
  /// Appends `environment` to environment.json, and removes the folder's manifest, which stands for a finished folder.
  public func record(_ environment: RunEnvironment) throws(RecordsError) {
    let file = RecordsFile.environment.url(in: folder)
    var records = EnvironmentFile(commands: [])
    if isAccessible(file.givenPath, F_OK) { records = try EnvironmentFile.read(from: file) }
    records.commands.append(environment)
    removeFile(RecordsFile.manifest.url(in: folder).givenPath)
    try writeJSON(records, to: file)
  }
}

extension RunStore {
  /// Writes config.yml, which runs the last command again.
  public func record(configuration: String) throws(RecordsError) {
    try writeWhole(configuration, to: RecordsFile.config.url(in: folder))
  }
}

/// The FNV-1a hash of `text` in 16 hexadecimal digits: the same in every process, unlike `Hasher`.
func stableHash(_ text: String) -> String { Array(text.utf8).withUnsafeBytes(stableHash) }

/// The FNV-1a hash of `bytes` in 16 hexadecimal digits.
public func stableHash(_ bytes: UnsafeRawBufferPointer) -> String {
  let hash = bytes.reduce(0xcbf2_9ce4_8422_2325 as UInt64) { ($0 ^ UInt64($1)) &* 0x100_0000_01b3 }
  let digits = String(hash, radix: 16)
  return String(repeating: "0", count: 16 - digits.count) + digits
}
