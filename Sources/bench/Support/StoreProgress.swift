import DatasetStore
import Foundation

/// Shows on standard error what a store does: a bar that changes on a terminal, a line for each tenth elsewhere.
final class StoreProgress {
  private let isTerminal: Bool
  private let now: () -> Double
  private let write: (String) -> Void
  private var start: (file: String, bytes: Int, time: Double)?
  private var tenth = -1
  private var isDrawn = false

  init(
    isTerminal: Bool = StandardError.isTerminal,
    now: @escaping () -> Double = { ProcessInfo.processInfo.systemUptime },
    write: @escaping (String) -> Void = StandardError.write
  ) {
    self.isTerminal = isTerminal
    self.now = now
    self.write = write
  }

  func show(_ event: StoreEvent) {
    switch event {
    case .waiting: line("Another process works on the store; waiting for it to end.")
    case .connecting(let file, let address, let from):
      start = (file, from, now())
      tenth = -1
      line("Fetching \(address)" + (from > 0 ? ", going on after \(bytesText(from))" : ""))
    case .received(let file, let bytes, let total): received(file, bytes, total)
    case .retrying(_, let reason, let seconds):
      line("\(reason); again in \(String(format: "%.0f", seconds)) s")
    case .gaveUp(let address, let reason): line("\(address) is no use: \(reason)")
    case .trusted(let file, let bytes, let sha256):
      line("\(file): no checksum was known; noted as trusted: \(bytes) bytes, sha256 \(sha256)")
    case .verified(let file, let sha256): line("\(file): sha256 \(sha256) is right")
    case .unpacking(let file, let entries, let bytes):
      changing("Unpacking \(file): \(entries) entries, \(bytesText(bytes))")
    case .hashing(let name, let done, let count): changing("Checking \(name): \(done) of \(count) files")
    case .noted(let name, let tree, let files, let counts):
      line(
        "\(name): \(counts.classes) classes, \(counts.train) training and \(counts.test) test images; \(files) files, "
          + "tree sha256 \(tree)")
    }
  }

  /// Takes the changing line away.
  func clear() {
    if isDrawn { write("\r\u{1B}[K") }
    isDrawn = false
  }

  private func received(_ file: String, _ bytes: Int, _ total: Int?) {
    let seconds = now() - (start?.time ?? now())
    let rate = seconds > 0.5 ? Double(bytes - (start?.bytes ?? 0)) / seconds : 0
    var parts = [total.map { "\(bytesText(bytes)) of \(bytesText($0))" } ?? bytesText(bytes)]
    if rate > 0 { parts.append("\(bytesText(Int(rate)))/s") }
    if rate > 0, let total, total > bytes { parts.append("\(timeText(Double(total - bytes) / rate)) left") }
    let share = total.map { Double(bytes) / Double(max(1, $0)) }
    if isTerminal {
      changing("\(share.map { bar($0) + " " } ?? "")\(file): " + parts.joined(separator: ", "))
    } else if let share, Int(share * 10) > tenth {
      tenth = Int(share * 10)
      line("\(file): \(tenth * 10) %, " + parts.joined(separator: ", "))
    }
  }

  private func bar(_ share: Double) -> String {
    let full = Int(share * 20)
    return "[" + String(repeating: "#", count: full) + String(repeating: "-", count: 20 - full) + "]"
  }

  private func timeText(_ seconds: Double) -> String {
    let seconds = Int(min(seconds, 1e6))
    return switch seconds {
    case 3600...: "\(seconds / 3600) h \(seconds % 3600 / 60) min"
    case 60...: "\(seconds / 60) min \(seconds % 60) s"
    default: "\(seconds) s"
    }
  }

  private func changing(_ text: String) {
    guard isTerminal else { return }
    write("\r\u{1B}[K" + text)
    isDrawn = true
  }

  private func line(_ text: String) {
    clear()
    write(text + "\n")
  }
}
