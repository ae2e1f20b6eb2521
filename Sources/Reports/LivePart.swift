import Foundation
import Records

/// The part of a page about runs in progress: how far they are, and their results so far, epoch by epoch.
public struct LivePart: Sendable {
  /// The folder's name.
  let name: String
  /// The number of the page that it belongs to; a browser that shows another page reloads.
  let page: Int
  /// The HTML of the initial page and of later requests.
  public let html: String

  /// The maximum number of runs drawn: those that began last.
  static let most = 8

  /// - Parameters:
  ///   - rows: The rows of epochs.csv.
  ///   - progress: The progress of the current run, in one line; nil if unknown.
  public init(name: String, page: Int, _ rows: [EpochRow], progress: String?) {
    (self.name, self.page) = (name, page)
    let byRun = Dictionary(grouping: rows, by: \.runID)
    let runs = rows.map(\.runID).unique().suffix(Self.most).enumerated().map { index, id in
      Run(id: id, colour: Self.colours[index % Self.colours.count], byRun[id] ?? [])
    }
    let charts = [("Training loss, all heads added", \Run.loss), ("Top-1 on the test images in %", \Run.top1)].map {
      title, values in
      let chart = LineChart(title: title, lines: runs.map { .init(colour: $0.colour, points: $0[keyPath: values]) })
      return """
        <figure><h3>\(title)</h3>
        <div class="scroll" role="region" tabindex="0" aria-label="\(title)">\(chart.svg)</div><figcaption>By epoch.</figcaption></figure>

        """
    }
    let status = progress.map { "<p><strong>\(escaped($0))</strong></p>\n" } ?? ""
    let list = runs.reversed().map { run in
      "<li><span style=\"color: \(run.colour)\" aria-hidden=\"true\">&#9632;</span> \(escaped(run.words))</li>\n"
    }
    html =
      "<div data-page=\"\(page)\">\n\(status)"
      + (runs.isEmpty
        ? "<p>No epoch has ended yet.</p>\n" : charts.joined() + "<ul class=\"plain\">\n\(list.joined())</ul>\n")
      + "</div>\n"
  }

  // Okabe and Ito's palette, adapted to be visible on both white and black.
  private static let colours = [
    "#0072B2", "#D55E00", "#009E73", "#AA4488", "#B87800", "#3A94C8", "#8C6BB1", "#808080",
  ]

  /// One run, with the top-1 of its predicting head.
  private struct Run {
    let id: String
    let colour: String
    let loss: [(epoch: Int, value: Double)]
    let top1: [(epoch: Int, value: Double)]

    init(id: String, colour: String, _ rows: [EpochRow]) {
      (self.id, self.colour) = (id, colour)
      let heads = rows.filter { $0.metric == Metric.top1 }.compactMap(\.head)
      let head = heads.contains(Head.joint) ? Head.joint : heads.first
      func values(_ metric: String, _ head: String?) -> [(epoch: Int, value: Double)] {
        rows.filter { $0.metric == metric && $0.head == head }.compactMap { row in
          row.value.flatMap { $0.isFinite ? (row.epoch, $0) : nil }
        }.sorted { $0.0 < $1.0 }
      }
      loss = values(Metric.trainLoss, nil)
      top1 = values(Metric.top1, head)
    }

    var words: String {
      [
        id, loss.last.map { "epoch \($0.epoch), loss \(String(format: "%.3f", $0.value))" },
        top1.last.map { "top-1 \(oneDecimal($0.value)) %" },
      ].compactMap(\.self).joined(separator: ", ")
    }
  }

  /// Polls for the part, and reloads the page when there is a new one.
  static let script = """
    "use strict";
    const live = document.getElementById("live");
    const lost = document.getElementById("lost");
    const refresh = async () => {
      try {
        const answer = await fetch("/live", { cache: "no-store" });
        if (!answer.ok) throw new Error(answer.statusText);
        live.innerHTML = await answer.text();
        lost.hidden = true;
        if (live.firstElementChild.dataset.page !== live.dataset.page) location.reload();
      } catch {
        lost.hidden = false;
      }
      setTimeout(refresh, 2000);
    };
    setTimeout(refresh, 2000);

    """

  /// The section that contains the part.
  var section: String {
    """
    <section aria-labelledby="epochs"><h2 id="epochs">Epoch by epoch</h2>
    <p id="lost" hidden>Nothing answers any more: the runs have ended or were interrupted. What they came to is in the output \
    folder, on report.html once they have ended.</p>
    <div id="live" data-page="\(page)">
    \(html)</div>
    </section>
    """
  }
}
