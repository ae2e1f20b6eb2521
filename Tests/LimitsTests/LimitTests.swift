import Files
import Foundation
import TestSupport
import Testing

@testable import Limits

private enum Failure: WriteFailure { case cannotWrite(path: String, reason: String) }

/// Creates a folder with files of /proc and of control groups, given as texts by path.
private func groups(_ files: [String: String], in folder: TemporaryFolder) throws -> ControlGroups {
  let root = folder.path(UUID().uuidString)
  for (path, text) in files {
    try makeFolder(parentFolder(of: root + path), failingAs: Failure.self)
    try writeWhole(Array(text.utf8), to: root + path, failingAs: Failure.self)
  }
  return ControlGroups(root: root)
}

@Suite struct LimitTests {
  private let folder: TemporaryFolder
  private let second = "30 23 0:26 / /sys/fs/cgroup rw,nosuid - cgroup2 cgroup2 rw,nsdelegate\n"
  private let first = """
    31 23 0:28 / /sys/fs/cgroup rw - tmpfs tmpfs rw,mode=755
    33 31 0:30 / /sys/fs/cgroup/cpu rw,relatime - cgroup cgroup rw,cpu,cpuacct
    36 31 0:33 /docker/a1 /sys/fs/cgroup/memory rw,relatime shared:9 - cgroup cgroup rw,memory

    """

  init() throws { folder = try TemporaryFolder() }

  @Test func theLowestLimitOnTheWayUpCountsInVersion2() throws {
    let groups = try groups(
      [
        "/proc/self/cgroup": "0::/user.slice/job\n", "/proc/self/mountinfo": second,
        "/sys/fs/cgroup/user.slice/memory.max": "536870912\n", "/sys/fs/cgroup/user.slice/job/memory.max": "max\n",
        "/sys/fs/cgroup/user.slice/cpu.max": "150000 100000\n", "/sys/fs/cgroup/user.slice/job/cpu.max": "max 100000\n",
      ], in: folder)
    #expect(MemoryLimit.lowest(of: groups) == MemoryLimit(bytes: 512 << 20, source: .controlGroup))
    // The program itself is in the group, too.
    let left = MemoryLimit.inForce(groups)
    #expect(left.source == .controlGroup && left.bytes < 480 << 20 && left.bytes > 400 << 20)
    #expect(CPUQuota.cpus(of: groups) == 1.5)
  }

  @Test func aContainerSeesItsOwnGroupAtTheTop() throws {
    let groups = try groups(
      [
        "/proc/self/cgroup": "5:memory:/docker/a1/inner\n3:cpu,cpuacct:/\n1:name=systemd:/\n",
        "/proc/self/mountinfo": first, "/sys/fs/cgroup/memory/memory.limit_in_bytes": "1073741824\n",
        "/sys/fs/cgroup/memory/inner/memory.limit_in_bytes": "9223372036854771712\n",
        "/sys/fs/cgroup/cpu/cpu.cfs_quota_us": "50000\n", "/sys/fs/cgroup/cpu/cpu.cfs_period_us": "100000\n",
      ], in: folder)
    #expect(MemoryLimit.lowest(of: groups)?.bytes == 1 << 30)
    #expect(CPUQuota.cpus(of: groups) == 0.5)
  }

  @Test func withoutLimitsThereAreNone() throws {
    let unlimited = [
      "/proc/self/cgroup": "3:cpu:/x\n5:memory:/y\n0::/\n", "/proc/self/mountinfo": first + second,
      "/sys/fs/cgroup/cpu/x/cpu.cfs_quota_us": "-1\n", "/sys/fs/cgroup/cpu/x/cpu.cfs_period_us": "100000\n",
      "/sys/fs/cgroup/memory/memory.limit_in_bytes": "9223372036854771712\n", "/sys/fs/cgroup/cpu.max": "max 100000\n",
    ]
    for files in [unlimited, [:], ["/proc/self/cgroup": "nonsense\n::\n", "/proc/self/mountinfo": "- cgroup2\n"]] {
      let groups = try groups(files, in: folder)
      #expect(MemoryLimit.lowest(of: groups) == nil && CPUQuota.cpus(of: groups) == nil)
    }
  }

  @Test func theLimitInForceIsNoMoreThanTheMachineHas() {
    #expect((1...Int(ProcessInfo.processInfo.physicalMemory)).contains(MemoryLimit.current.bytes))
    #expect(MemoryLimit(bytes: 3 << 29, source: .addressSpace).description == "ulimit -v leaves 1.5 GiB")
    #expect(gibibytes(300 << 20) == "300 MiB")
  }
}
