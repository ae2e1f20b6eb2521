import Foundation

extension RunEnvironment.CPU {
  /// This machine's processor, from /proc/cpuinfo.
  static var current: Self { Self(cpuInfo: (try? String(contentsOfFile: "/proc/cpuinfo", encoding: .utf8)) ?? "") }

  init(cpuInfo: String) {
    func value(_ name: String) -> String? {
      for line in cpuInfo.split(separator: "\n") {
        let parts = line.split(separator: ":", maxSplits: 1)
        if parts.count == 2, parts[0].trimmingCharacters(in: .whitespaces) == name {
          return parts[1].trimmingCharacters(in: .whitespaces)
        }
      }
      return nil
    }
    self.init(
      model: value("model name") ?? "unknown",
      logicalCores: ProcessInfo.processInfo.processorCount,
      flags: (value("flags") ?? value("Features") ?? "").split(separator: " ").map(String.init).sorted())
  }
}

extension RunEnvironment {
  static var currentKernel: String {
    var name = utsname()
    guard uname(&name) == 0 else { return "unknown" }
    func text<T>(_ field: T) -> String {
      withUnsafeBytes(of: field) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
    }
    return "\(text(name.sysname)) \(text(name.release)) \(text(name.machine))"
  }

  static var currentCompiler: String {
    #if compiler(>=6.5)
      "Swift 6.5 or later"
    #elseif compiler(>=6.4)
      "Swift 6.4"
    #elseif compiler(>=6.3)
      "Swift 6.3"
    #elseif compiler(>=6.2)
      "Swift 6.2"
    #else
      "Swift 6.1 or earlier"
    #endif
  }

  /// How this program is built: release, debug, or debug with optimised parts.
  public static var currentBuild: String {
    #if DEBUG
      // Optimised code omits assertions.
      var build = "debug, optimised"
      assert({ build = "debug" }() == ())
      return build
    #else
      return "release"
    #endif
  }
}
