import Foundation

/// A number with the thing that it counts: "1 seed", "3 seeds".
package func counted(_ count: Int, _ thing: String, plural: String? = nil) -> String {
  "\(count) \(count == 1 ? thing : plural ?? thing + "s")"
}

/// A number with one decimal, never "-0.0".
package func oneDecimal(_ value: Double) -> String {
  let text = String(format: "%.1f", value)
  return text == "-0.0" ? "0.0" : text
}
