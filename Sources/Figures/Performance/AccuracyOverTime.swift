import Foundation
import Records

/// How soon training reaches an accuracy, from the start of the command: a line for each training of each program.
public struct AccuracyOverTime: Figure {
  public let name = "accuracy-over-time"
  public let columns = ["training", "program", "seconds", "top1_percent", "seed", "epoch"]
  public let rows: [[String]]
  public let size: FigureSize
  public let commands: String

  /// The accuracy whose time is reported, in percent.
  public static let goal = 60.0

  /// Draws the rows of time-to-accuracy.csv; throws `noData` without any.
  public init(of measured: [AccuracyTimeRow]) throws(FiguresError) {
    guard let first = measured.first else { throw .noData(figure: name, needed: "rows of time-to-accuracy.csv") }
    let programs = TimeToAccuracy.programs(of: measured)
    let trainings = programs.enumerated().flatMap { index, program in program.trainings.map { (index, $0) } }
    rows = trainings.enumerated().flatMap { number, training in
      training.1.map { row in
        ["\(number)", programs[training.0].program, row.seconds.field, row.top1.field, "\(row.seed)", "\(row.epoch)"]
      }
    }
    let labels = programs.map { program in
      "\(program.program): " + (program.medianSeconds(to: Self.goal).map { "\(oneDecimal($0)) s" } ?? "not reached")
    }
    let longest = measured.map(\.seconds).max() ?? 1
    let xs = Axis(holding: [0, longest], within: 0...2 * longest, tics: 6)
    let ys = Axis(holding: measured.map(\.top1) + [Self.goal], within: 0...100, tics: 6)
    let end = (Self.goal - ys.range.lowerBound) / ys.length
    let margins = Style.Margins(leftLabels: ["100 %"], rightLabels: labels)
    let size = FigureSize(width: 560 + margins.left + margins.right, height: 440)
    self.size = size
    let plots = trainings.enumerated().map { number, training in
      "data using ($1 == \(number) ? $3 : NaN):4 with linespoints linewidth 1.2 pointtype 7 pointsize 0.35 "
        + "linecolor rgb '\(Style.colour(training.0))' notitle"
    }
    let busy = programs.allSatisfy(\.isFinal) ? "" : " Measured on a busy machine: no final figures."
    commands = """
      \(Style.frame(
        title: "Time to \(Style.number(Self.goal, digits: 0)) % top-1: training S3N on birdlets",
        subtitle: "top-1 on the test images after each epoch, \(counted(programs.map(\.trainings.count), "seed")); "
          + "\(first.machine), \(counted(first.threads, "thread"))",
        caption: "Seconds from the command on, with starting, compiling and testing; right: the median.\(busy)",
        size: size, margins: margins))
      set bmargin at screen \(Style.number(Double(ScalingSeries.footHeight) / Double(size.height), digits: 5))
      set xrange [0:\(xs.range.upperBound)]
      set yrange [\(ys.range.lowerBound):\(ys.range.upperBound)]
      set xtics 0,\(xs.step) format '%g s'
      set ytics \(ys.range.lowerBound),\(ys.step) format '%g %%' font ',13' textcolor rgb '\(Style.quiet)'
      unset grid
      set grid ytics linetype 1 linecolor rgb '\(Style.grid)' linewidth 1
      \(LineLabels.commands(
        labels.enumerated().map { .init(text: $1, colour: Style.colour($0), end: end) }, from: 10,
        height: size.height - Style.headHeight - ScalingSeries.footHeight, shift: 10, in: size))
      plot \(Self.goal) with lines dashtype (2,4) linewidth 1 linecolor rgb '\(Style.quiet)' notitle, \\
        \(plots.joined(separator: ", \\\n  "))
      """
  }
}
