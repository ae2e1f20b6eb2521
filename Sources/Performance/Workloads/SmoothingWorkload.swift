import Operators
import Tensors
import Timing

/// Smooths attention maps into sampling grids; training also computes the gradients, with a filter that changes from
/// step to step.
final class SmoothingWorkload: Workload {
  private let phase: Phase
  private let smoothing: GridSmoothing
  private let attention: Tensor
  private let dgrid: Tensor
  private var filter: Tensor
  private let counts: SmoothingWork
  private let clock = StageClock()

  /// The filter reaches from any cell to any other: a side of 61 for the usual grid of 31.
  static func filterSide(gridSide: Int) -> Int { 2 * gridSide - 1 }

  init(_ benchmark: StageBenchmark) {
    phase = benchmark.phase
    let (images, grid) = (benchmark.batch, benchmark.gridSide)
    let side = Self.filterSide(gridSide: grid)
    smoothing = GridSmoothing(method: benchmark.smoothing, gridSide: grid, filterSide: side)
    filter = GridSmoothing.gaussianFilter(side: side, fullWidthAtHalfMaximum: 13 * Double(grid) / 31)
    attention = randomTensor([images, grid, grid], in: 0.09...1, purpose: "attention")
    dgrid = randomTensor([images, grid, grid, 2], purpose: "grid gradient")
    counts = SmoothingWork(benchmark.smoothing, images: images, gridSide: grid, filterSide: side)
  }

  func work(of stage: Stage) -> Work? {
    switch stage {
    case .grid: counts.forward
    case .backwardSampling: phase == .train ? counts.backward : nil
    case .step: phase == .train ? counts.forward + counts.backward : counts.forward
    default: nil
    }
  }

  func step() -> [StageSample] {
    clock.step(phase: phase) {
      let grid = clock.measure(.grid) { smoothing.forward(attention, filter: filter) }
      guard phase == .train else { return }
      let gradients = clock.measure(.backwardSampling) { smoothing.backward(dgrid, of: grid) }
      clock.measure(.update) {
        let middle = filter.count / 2
        filter[middle] -= 1e-6 * gradients.filter[middle]
      }
    }
    return clock.takeSamples()
  }
}
