import Records
import Testing

@testable import Figures

@Suite struct NodeEfficiencyTests {
  private func row(_ nodes: Int, _ gigabits: Double, _ efficiency: Double) -> NodeScalingRow {
    var row = NodeScalingRow()
    (row.nodes, row.gigabits, row.efficiency, row.speed) = (nodes, gigabits, efficiency, 1)
    return row
  }

  @Test func eachLinkIsALine() throws {
    let figure = try NodeEfficiency(of: [row(1, 10, 1), row(2, 10, 0.9), row(1, 100, 1), row(2, 100, 0.99)])
    #expect(figure.rows == [["0", "1", "100.0"], ["0", "2", "90.0"], ["1", "1", "100.0"], ["1", "2", "99.0"]])
    #expect(figure.commands.contains("10 Gbit/s: 90 %") && figure.commands.contains("100 Gbit/s: 99 %"))
    #expect(figure.name + ".csv" != "node-scaling.csv")
  }

  @Test func oneNumberOfNodesIsNothingToDraw() {
    #expect(throws: FiguresError.self) { try NodeEfficiency(of: [row(1, 10, 1)]) }
  }
}
