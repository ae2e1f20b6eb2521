/// The accuracy axis: a chance level far below all accuracies is drawn, dashed, left of a break in the axis.
struct AccuracyAxis {
  /// The part with tics, right of the break.
  let scale: Axis
  /// Where the plot begins, including the break and what is left of it.
  let left: Double
  /// The gnuplot commands that set it up.
  let commands: String

  /// An axis of about `tics` intervals for percentages `values`.
  init(holding values: [Double], chance: Double?, tics: Int) {
    let low = values.min() ?? 0
    let span = (values.max() ?? 100) - low
    let isBroken = chance.map { low - $0 > max(1.5 * span, 10) } ?? false
    let shown = values + (isBroken || values.isEmpty ? [] : [chance].compactMap { $0 })
    scale = Axis(holding: shown, within: 0...100, tics: tics)
    let start = scale.range.lowerBound
    left = isBroken ? start - 0.12 * scale.length : start
    var lines = ["set xrange [\(left):\(scale.range.upperBound)]", "set xtics \(start),\(scale.step)"]
    let quiet = "textcolor rgb '\(Style.quiet)' font ',13'"
    if let chance {
      let x = isBroken ? start - 0.07 * scale.length : chance
      let percent = Style.number(chance, digits: chance == chance.rounded() ? 0 : 1)
      lines += [
        "set arrow 1 from first \(x), graph 0 to first \(x), graph 1 nohead back dashtype (16,10) \\",
        "  linewidth 1.2 linecolor rgb '\(Style.quiet)'",
        "set label 4 'chance \(percent) %' at first \(x), graph 1 center offset 0,0.6 \(quiet)",
      ]
    }
    if isBroken { lines.append("set label 5 '//' at first \(start - 0.035 * scale.length), graph 0 center \(quiet)") }
    commands = lines.joined(separator: "\n")
  }
}
