import Foundation

/// A number with the thing that it counts: "1 seed", "3 seeds".
package func counted(_ count: Int, _ thing: String, plural: String? = nil) -> String {
  "\(count) \(count == 1 ? thing : plural ?? thing + "s")"
}

/// The range of counts in several places: "3 seeds", "3 to 6 seeds"; empty for no places.
package func counted(_ counts: [Int], _ thing: String) -> String {
  guard let least = counts.min(), let most = counts.max() else { return "" }
  return (least < most ? "\(least) to " : "") + counted(most, thing)
}

/// A number with one decimal, never "-0.0".
package func oneDecimal(_ value: Double) -> String {
  let text = String(format: "%.1f", value)
  return text == "-0.0" ? "0.0" : text
}

/// A change with one decimal and its sign: "+1.2", "-0.4", "0.0".
package func signed(_ value: Double) -> String {
  let text = oneDecimal(value)
  return value > 0 && text != "0.0" ? "+" + text : text
}

/// "1 h 10 min", "1 min 10 s", "10 s".
package func durationText(_ seconds: Double) -> String {
  let seconds = Int(min(max(0, seconds), 1e8))
  return switch seconds {
  case 3600...: "\(seconds / 3600) h \(seconds % 3600 / 60) min"
  case 60...: "\(seconds / 60) min \(seconds % 60) s"
  default: "\(seconds) s"
  }
}
