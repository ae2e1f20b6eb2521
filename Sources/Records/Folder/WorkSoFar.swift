import Files
import Foundation
import Hashing

/// The partial results of long work that ends in a table: interrupted and started again, it resumes from them.
///
/// Each is a file in a hidden folder next to the table, named by the SHA-256 of the program and the question.
public struct WorkSoFar {
  private let folder: URL
  private let program: String

  /// The results of the work that ends with writing the file `table`.
  public init(before table: URL) throws(RecordsError) {
    program = try programChecksum()
    folder = table.deletingLastPathComponent()
      .appendingPathComponent(".\(table.lastPathComponent).unfinished", isDirectory: true)
  }

  /// Returns the answer that this program saved, or else runs `work` and saves its answer; `question` holds everything
  /// that the answer depends on.
  ///
  /// Throws any error of `work`, and `unwritable` if its answer cannot be saved. Recomputes an unreadable answer.
  public func answer<Answer: Codable>(to question: [String], _ work: () throws -> Answer) throws -> Answer {
    let name = try SHA256.digits(of: ([program] + question).joined(separator: "\0"))
    let file = folder.appendingPathComponent(name + ".json")
    if let answer = try? readJSON(Answer.self, "an answer", from: file) { return answer }
    let answer = try work()
    try makeFolder(folder.givenPath, failingAs: RecordsError.self)
    try writeJSON(answer, to: file)
    return answer
  }

  /// Removes the answers, once the table contains them.
  public func remove() { removeTree(folder.givenPath) }
}
