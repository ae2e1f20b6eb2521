import Records
import DatasetStore
import Foundation

/// Shows a store's work on standard error: a changing bar on a terminal, a line for each tenth elsewhere.
final class StoreProgress {
  private let display: ProgressLine
  private var start: (file: String, bytes: Int, time: Double)?
  private var tenth = -1

  init(display: ProgressLine = ProgressLine()) { self.display = display }

  func show(_ event: StoreEvent) {
    switch event {
    case .waiting: display.keep("Another process is using the store; waiting for it to finish.")
    case .connecting(let file, let address, let from):
      start = (file, from, display.time)
      tenth = -1
      display.keep("Fetching \(address)" + (from > 0 ? ", resuming after \(bytesText(from))" : ""))
    case .received(let file, let bytes, let total): received(file, bytes, total)
    case .retrying(_, let reason, let seconds):
      display.keep("\(reason); retrying in \(String(format: "%.0f", seconds)) s")
    case .gaveUp(let address, let reason): display.keep("\(address) failed: \(reason)")
    case .trusted(let file, let bytes, let sha256):
      display.keep("\(file): no checksum was known; recorded as trusted: \(bytes) bytes, sha256 \(sha256)")
    case .verified(let file, let sha256): display.keep("\(file): sha256 \(sha256) is correct")
    case .unpacking(let file, let entries, let bytes):
      display.change { _ in "Unpacking \(file): \(entries) entries, \(bytesText(bytes))" }
    case .hashing(let name, let done, let count): display.change { _ in "Checking \(name): \(done) of \(count) files" }
    case .noted(let name, let tree, let files, let counts):
      display.keep(
        "\(name): \(counts.classes) classes, \(counts.train) training and \(counts.test) test images; \(files) files, "
          + "tree sha256 \(tree)")
    }
  }

  /// Removes the changing line.
  func clear() { display.clear() }

  private func received(_ file: String, _ bytes: Int, _ total: Int?) {
    let seconds = display.time - (start?.time ?? display.time)
    let rate = seconds > 0.5 ? Double(bytes - (start?.bytes ?? 0)) / seconds : 0
    var parts = [total.map { "\(bytesText(bytes)) of \(bytesText($0))" } ?? bytesText(bytes)]
    if rate > 0 { parts.append("\(bytesText(Int(rate)))/s") }
    if rate > 0, let total, total > bytes { parts.append("\(durationText(Double(total - bytes) / rate)) left") }
    let share = total.map { Double(bytes) / Double(max(1, $0)) }
    if display.isTerminal {
      display.change(atOnce: bytes == total) { _ in
        (share.map { bar($0) + " " } ?? "") + "\(file): " + parts.joined(separator: ", ")
      }
    } else if let share, Int(share * 10) > tenth {
      tenth = Int(share * 10)
      display.keep("\(file): \(tenth * 10) %, " + parts.joined(separator: ", "))
    }
  }

  private func bar(_ share: Double) -> String {
    let full = Int(share * 20)
    return "[" + String(repeating: "#", count: full) + String(repeating: "-", count: 20 - full) + "]"
  }
}
