import Files
import Foundation

/// The control groups that this process is in, of version 1 and 2: every folder on the way up from its own, each of which may
/// set a limit.
struct ControlGroups {
  /// Where /proc and the groups' file systems are; a test has them in a folder.
  var root = ""

  /// What the file of a setting holds in each group that has one: `first` in version 1 of `controller`, `second` in version 2.
  func values(_ controller: String, first: String, second: String) -> [String] {
    let own = lines("/proc/self/cgroup").compactMap { Membership($0) }
    return lines("/proc/self/mountinfo").compactMap { Mount($0) }.flatMap { mount -> [String] in
      // Version 2 names no controllers in either file.
      guard mount.isSecond || mount.controllers.contains(controller),
        let group = own.first(where: { mount.isSecond ? $0.controllers.isEmpty : $0.controllers.contains(controller) })
      else { return [] }
      return mount.folders(of: group.path).compactMap { text($0 + "/" + (mount.isSecond ? second : first)) }
    }
  }

  private func text(_ path: String) -> String? {
    guard let data = try? readWhole(root + path) else { return nil }
    return String(decoding: data, as: UTF8.self).trimmingCharacters(in: .whitespacesAndNewlines)
  }

  private func lines(_ path: String) -> [Substring] { text(path)?.split(separator: "\n") ?? [] }
}

/// A line of /proc/PID/cgroup, such as 4:memory:/docker/1a2b or 0::/user.slice.
private struct Membership {
  let controllers: [String]
  let path: String

  init?(_ line: Substring) {
    let fields = line.split(separator: ":", maxSplits: 2, omittingEmptySubsequences: false)
    guard fields.count == 3, !fields[1].hasPrefix("name=") else { return nil }
    controllers = fields[1].split(separator: ",").map(String.init)
    path = String(fields[2])
  }
}

/// A line of /proc/PID/mountinfo that mounts control groups: proc(5).
private struct Mount {
  let isSecond: Bool
  let controllers: [String]
  /// The group that is seen at the mount point; a container has its own there.
  private let top: String
  private let point: String

  init?(_ line: Substring) {
    let fields = line.split(separator: " ")
    guard let dash = fields.firstIndex(of: "-"), dash >= 6, fields.count > dash + 3,
      ["cgroup", "cgroup2"].contains(fields[dash + 1])
    else { return nil }
    isSecond = fields[dash + 1] == "cgroup2"
    controllers = fields[dash + 3].split(separator: ",").map(String.init)
    (top, point) = (String(fields[3]), String(fields[4]))
  }

  /// The folders of a group and of all above it that are seen here, the lowest first.
  func folders(of path: String) -> [String] {
    var parts = path.split(separator: "/")
    let above = top.split(separator: "/")
    // What lies outside of the mounted part is not seen, and neither is a path with "..".
    parts = parts.starts(with: above) && !parts.contains("..") ? Array(parts.dropFirst(above.count)) : []
    return (0...parts.count).reversed().map { ([point] + parts.prefix($0).map(String.init)).joined(separator: "/") }
  }
}
