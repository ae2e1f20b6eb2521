/// A run to be resumed; its rows count only up to these lengths of the files.
public struct UnfinishedRun: Codable, Equatable, Sendable {
  public let runID: String
  /// The length in bytes of each append-only file, by name.
  let lengths: [String: Int]

  /// Truncates the logs to these lengths; returns false, and changes nothing, if they are not as the run left them.
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
  /// Whether the tail is the run's alone, and a row of it, or the text before it, ends at this length of the file.
  fileprivate func holds(_ runID: String, upTo length: Int) -> Bool {
    guard runs.isSubset(of: [runID, nil]), length >= start else { return false }
    let own = text.prefix(length - start)
    return own.count == length - start && (own.last.map { $0 == UInt8(ascii: "\n") } ?? !lacksBreak)
  }
}

extension RunStore {
  /// The run in progress, as it is resumed after the rows appended so far.
  public func unfinished(_ runID: String) -> UnfinishedRun {
    UnfinishedRun(
      runID: runID,
      lengths: Dictionary(uniqueKeysWithValues: logs.map { ($0.url.lastPathComponent, $0.length) }))
  }
}
