import Files
import Foundation

/// This process's control groups, versions 1 and 2: its own group and all those above it, each of which may set a
/// limit.
struct ControlGroups {
  /// The root of /proc and the groups' file systems; tests use another folder.
  var root = ""

  /// A setting's value in each group that has its file: `first` in version 1 of `controller`, `second` in version 2.
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
  /// The group at the mount point; in a container, this is the container's own.
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

  /// The visible folders of a group and its ancestors, starting with the group itself.
  func folders(of path: String) -> [String] {
    var parts = path.split(separator: "/")
    let above = top.split(separator: "/")
    // Groups outside of the mounted part are invisible, and so are paths with "..".
    parts = parts.starts(with: above) && !parts.contains("..") ? Array(parts.dropFirst(above.count)) : []
    return (0...parts.count).reversed().map { ([point] + parts.prefix($0).map(String.init)).joined(separator: "/") }
  }
}
