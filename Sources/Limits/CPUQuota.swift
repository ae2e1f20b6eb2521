/// The CPU time available to this process's control groups, in CPUs: 1.5 is one and a half.
public enum CPUQuota {
  /// The quota; nil if there is no limit.
  public static var cpus: Double? { cpus(of: ControlGroups()) }

  static func cpus(of groups: ControlGroups) -> Double? {
    // Version 2 has both in one file, "max 100000" or "150000 100000"; version 1 uses -1 for no limit.
    let periods = groups.values("cpu", first: "cpu.cfs_period_us", second: "cpu.max")
    let quotas = groups.values("cpu", first: "cpu.cfs_quota_us", second: "cpu.max")
    return zip(quotas, periods).compactMap { quota, period -> Double? in
      guard let time = quota.split(separator: " ").first.flatMap({ Double($0) }), time > 0,
        let per = period.split(separator: " ").last.flatMap({ Double($0) }), per > 0
      else { return nil }
      return time / per
    }.min()
  }

  /// The number of threads within the quota: its whole CPUs, at least one; nil if there is no limit.
  public static var threads: Int? { cpus.map { max(1, Int($0)) } }
}
