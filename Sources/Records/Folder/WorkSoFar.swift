import Files
import Foundation
import Hashing

/// The answers that long work has come to before it writes its table: ended early and asked for again, it goes on from them.
///
/// Each is a file of its own in a hidden folder beside the table, named by the SHA-256 of the program and its question.
public struct WorkSoFar {
  private let folder: URL
  private let program: String

  /// That of the work which ends with the file `table`.
  public init(before table: URL) throws(RecordsError) {
    program = try programChecksum()
    folder = table.deletingLastPathComponent()
      .appendingPathComponent(".\(table.lastPathComponent).unfinished", isDirectory: true)
  }

  /// The answer that this program kept, or else what `work` comes to, which is kept from now on; `question` holds all that the
  /// answer hangs on.
  ///
  /// Throws what `work` throws, and `unwritable` if its answer cannot be kept. One that cannot be read is found again.
  public func answer<Answer: Codable>(to question: [String], _ work: () throws -> Answer) throws -> Answer {
    let name = try SHA256.digits(of: ([program] + question).joined(separator: "\0"))
    let file = folder.appendingPathComponent(name + ".json")
    if let answer = try? readJSON(Answer.self, "an answer", from: file) { return answer }
    let answer = try work()
    try makeFolder(folder.givenPath, failingAs: RecordsError.self)
    try writeJSON(answer, to: file)
    return answer
  }

  /// Removes the answers, once the table tells them.
  public func remove() { removeTree(folder.givenPath) }
}
