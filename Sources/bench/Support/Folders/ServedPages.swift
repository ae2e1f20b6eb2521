import Files
import Foundation
import PageServer
import Records
import Reports
import Synchronization

/// The pages of an output folder that is being written; rebuilt when its files change, so that requests cost nothing.
final class ServedPages: Sendable {
  private struct State {
    /// Counts the pages, so that a browser notices a new one.
    var number = 0
    var page = ""
    var live = ""
    var isBuilding = false
    /// The state of the files from which the page and its live part were built.
    var runs: FileStamp?
    var epochs: (FileStamp?, progress: String?)?
  }

  private let folder: URL
  private let state = Mutex(State())

  /// Reads the folder; throws if its records are invalid.
  init(of folder: URL) throws {
    self.folder = folder
    let part = try livePart(number: 0, progress: nil)
    let page = try ReportPageFile(folders: [folder]).page(live: part, draws: false)
    state.withLock { ($0.page, $0.live) = (page, part.html) }
  }

  /// Returns the page at a path, or nil if there is none.
  @Sendable func page(_ path: String) -> PageServer.Page? {
    switch path {
    case "/": PageServer.Page(html: state.withLock { $0.page })
    case "/live": PageServer.Page(html: state.withLock { $0.live })
    default: nil
    }
  }

  /// Updates what has changed; files that cannot be read now are retried next time.
  func refresh(progress: String?) {
    let epochs = FileStamp(RecordsFile.epochs.url(in: folder))
    let number: Int? = state.withLock { state in
      guard let made = state.epochs, made.0 == epochs, made.progress == progress else { return state.number }
      return nil
    }
    if let number, let part = try? livePart(number: number, progress: progress) {
      state.withLock { ($0.live, $0.epochs) = (part.html, (epochs, progress)) }
    }
    buildIfNeeded(progress: progress)
  }

  /// Builds a new page with its figures once a run has ended: on a thread of its own, as it takes seconds.
  private func buildIfNeeded(progress: String?) {
    let runs = FileStamp(RecordsFile.runs.url(in: folder))
    let number: Int? = state.withLock { state in
      guard !state.isBuilding, state.runs != runs else { return nil }
      (state.isBuilding, state.runs) = (true, runs)
      return state.number + 1
    }
    guard let number else { return }
    Thread.detachNewThread { [self] in
      let result = Result {
        try ReportPageFile(folders: [folder]).page(live: livePart(number: number, progress: progress))
      }
      state.withLock { state in
        state.isBuilding = false
        switch result {
        case .success(let page): (state.page, state.number, state.epochs) = (page, number, nil)
        // A file that is being written can be read next time.
        case .failure(let error): if error is RecordsError { state.runs = nil }
        }
      }
    }
  }

  private func livePart(number: Int, progress: String?) throws -> LivePart {
    LivePart(
      name: folder.standardizedFileURL.lastPathComponent, page: number,
      try CSVTable.read(from: RecordsFile.epochs.url(in: folder)), progress: progress)
  }
}

/// What shows whether a file was written to.
private struct FileStamp: Equatable {
  private let (inode, size, seconds, nanoseconds): (UInt, Int, Int, Int)

  /// Nil if the file does not exist.
  init?(_ file: URL) {
    guard let status = fileStatus(file.givenPath) else { return nil }
    (inode, size) = (status.st_ino, status.st_size)
    (seconds, nanoseconds) = (status.st_mtim.tv_sec, status.st_mtim.tv_nsec)
  }
}
