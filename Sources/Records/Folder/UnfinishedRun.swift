/// A run that is to be gone on with: of its rows those count that stand before these lengths of the files.
public struct UnfinishedRun: Codable, Equatable, Sendable {
  public let runID: String
  /// The bytes of each file that grows, by its name.
  let lengths: [String: Int]

  /// Cuts off what the logs hold beyond; false, and nothing is changed, if they are not as the run left them.
  func cut(_ logs: [any RunLog], after finished: Set<String>) throws(RecordsError) -> Bool {
    guard !finished.contains(runID) else { return false }
    var cuts: [(log: any RunLog, length: Int)] = []
    for log in logs {
      guard let length = lengths[log.url.lastPathComponent], try log.tail(after: finished).holds(runID, upTo: length)
      else { return false }
      cuts.append((log, length))
    }
    for (log, length) in cuts { try log.cut(to: length) }
    return true
  }
}

extension LogTail {
  /// Whether it is the run's alone, and a row of it, or what is before it, ends where the file has this length.
  fileprivate func holds(_ runID: String, upTo length: Int) -> Bool {
    guard runs.isSubset(of: [runID, nil]), length >= start else { return false }
    let own = text.prefix(length - start)
    return own.count == length - start && (own.last.map { $0 == UInt8(ascii: "\n") } ?? !lacksBreak)
  }
}

extension RunStore {
  /// The run under way, if it is gone on with after what is appended now.
  public func unfinished(_ runID: String) -> UnfinishedRun {
    UnfinishedRun(
      runID: runID,
      lengths: Dictionary(uniqueKeysWithValues: logs.map { ($0.url.lastPathComponent, $0.length) }))
  }
}
