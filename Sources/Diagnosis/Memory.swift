import Experiments
import Files
import Foundation
import Limits
import Records

/// The memory that is allowed, that is free, and that the recipes need.
struct Memory {
  var limit: MemoryLimit
  /// The memory available now; nil if the system does not say.
  var availableBytes: Int?
  /// The need of an S3N with 200 classes by recipe, in ascending order.
  var needs: [(recipe: String, bytes: Int)]

  static var here: Memory {
    let needs = Recipe.all.map { ($0.name, $0.memoryNeed(for: .s3n, classes: 200).bytes) }
    return Memory(limit: .current, availableBytes: available, needs: needs.sorted { $0.1 < $1.1 })
  }

  var check: Check {
    let free = availableBytes.map { ", \(gibibytes($0)) free" } ?? ""
    let needed = needs.map { "\($0.recipe) \(gibibytes($0.bytes))" }.joined(separator: ", ")
    let text = "\(limit)\(free); S3N of 200 classes needs, by recipe: \(needed)"
    let usable = min(limit.bytes, availableBytes ?? .max)
    guard let least = needs.first, least.bytes <= limit.bytes else {
      return .error(
        "memory", text, "Raise the limit (ulimit -v, ulimit -d, the control group's), or use another machine.")
    }
    if usable < least.bytes {
      return .warning("memory", text, "Close other programs, or choose a smaller --bn-batch and --size.")
    }
    let tooLarge = needs.filter { $0.bytes > usable }.map(\.recipe)
    guard tooLarge.isEmpty else {
      return .warning(
        "memory", text, "For \(tooLarge.joined(separator: ", ")) choose a smaller --bn-batch, --size or --backbone.")
    }
    return .ok("memory", text)
  }

  /// MemAvailable of /proc/meminfo.
  private static var available: Int? {
    guard let data = try? readWhole("/proc/meminfo") else { return nil }
    let line = String(decoding: data, as: UTF8.self).split(separator: "\n").first { $0.hasPrefix("MemAvailable:") }
    return line?.split(separator: " ").dropFirst().first.flatMap { Int($0) }.map { $0 << 10 }
  }
}
