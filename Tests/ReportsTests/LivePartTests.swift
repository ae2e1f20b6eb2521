import Figures
import Foundation
import Records
import Testing

@testable import Reports

@Suite struct LivePartTests {
  private func rows(_ run: String, epochs: Int) -> [EpochRow] {
    (1...epochs).flatMap { epoch in
      [
        EpochRow(runID: run, epoch: epoch, metric: Metric.trainLoss, unit: "nat", value: 1 / Double(epoch)),
        EpochRow(runID: run, epoch: epoch, head: Head.raw, metric: Metric.top1, unit: Metric.percent, value: 10),
        EpochRow(
          runID: run, epoch: epoch, head: Head.joint, metric: Metric.top1, unit: Metric.percent,
          value: 20 + Double(epoch)),
      ]
    }
  }

  @Test func curvesAndTheirLatestValuesAreThereAfterAnEpoch() {
    let part = LivePart(name: "out", page: 3, rows("s3n-seed0", epochs: 4), progress: "epoch 5/12, 1 min left")
    #expect(part.html.contains("data-page=\"3\"") && part.html.contains("<strong>epoch 5/12, 1 min left</strong>"))
    #expect(part.html.contains("s3n-seed0, epoch 4, loss 0.250, top-1 24.0 %"))
    #expect(part.html.ranges(of: "<polyline ").count == 2)
    #expect(LivePart(name: "out", page: 0, [], progress: nil).html.contains("No epoch has ended yet."))
  }

  @Test func aRunWhoseLossIsNoNumberIsShownAsFarAsItWent() {
    var lost = rows("s3n-seed0", epochs: 2)
    lost.append(EpochRow(runID: "s3n-seed0", epoch: 3, metric: Metric.trainLoss, unit: "nat", value: .nan))
    #expect(LivePart(name: "out", page: 0, lost, progress: nil).html.contains("epoch 2, loss 0.500"))
  }

  @Test func onlyTheLastRunsAreDrawnAndTheirNamesEscaped() {
    let all = (0..<12).flatMap { rows("<run\($0)>", epochs: 2) }
    let html = LivePart(name: "out", page: 0, all, progress: nil).html
    #expect(html.ranges(of: "<li>").count == LivePart.most)
    #expect(html.contains("&lt;run11&gt;") && !html.contains("&lt;run3&gt;") && !html.contains("<run"))
  }

  @Test func thePageIsThereBeforeARunHasFinishedAndAsksOnlyForItself() throws {
    let part = LivePart(name: "out", page: 0, [], progress: nil)
    let page = try ReportPage([], live: part).html()
    #expect(page.contains("<title>out: S3N ablation</title>") && page.contains("<div id=\"live\" data-page=\"0\">"))
    #expect(page.contains("connect-src 'self'") && page.contains("fetch(\"/live\""))
    let folder = try OutputFolder([("baseline", [50]), ("s3n", [58])])
    let finished = try ReportPage([.init(FolderRecords(of: folder.url), [])], live: part).html()
    #expect(finished.contains("id=\"live\"") && finished.contains("id=\"results-1\""))
    // The file is unchanged: nothing in it makes requests.
    let file = try ReportPage([.init(FolderRecords(of: folder.url), [])]).html()
    #expect(!file.contains("connect-src") && !file.contains("fetch("))
  }

  @Test(arguments: [(0.0, 1.0), (0.25, 0.25), (-3, 97), (99.2, 99.4), (0, 1e-9), (1e6, 3e6), (-5, -4)])
  func ticksAreRoundNumbersAroundTheValues(low: Double, high: Double) {
    let ticks = LineChart.ticks(low, high)
    #expect(
      (2...7).contains(ticks.count) && ticks.first.map { $0 <= low } == true && ticks.last.map { $0 >= high } == true)
    #expect(zip(ticks, ticks.dropFirst()).allSatisfy { $0 < $1 })
  }

  @Test func epochsOfADamagedFileMayBeAnyNumber() {
    let points = [(epoch: Int.min, value: 1.0), (epoch: 1, value: 2), (epoch: Int.max, value: 3)]
    #expect(LineChart(title: "any", lines: [.init(colour: "red", points: points)]).svg.contains("<polyline"))
  }
}
