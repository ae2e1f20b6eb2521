import Operators
import Tensors
import Timing

/// Samples images at a coarse grid that is resized to their size; training also computes the grid's gradient.
final class ResamplingWorkload: Workload {
  private let phase: Phase
  private let images: Tensor
  private let offsets: Tensor
  private let dSampled: Tensor
  private let counts: ResamplingWork
  private let clock = StageClock()

  init(_ benchmark: StageBenchmark) {
    phase = benchmark.phase
    let (count, size, side) = (benchmark.batch, benchmark.size, benchmark.gridSide)
    images = randomTensor([count, size, size, 3], in: -2...2, purpose: "images")
    dSampled = randomTensor([count, size, size, 3], purpose: "sampled gradient")
    // The grid of attention with an off-centre peak: like S3N's grids, neither the identity nor noise.
    let smoothing = GridSmoothing(gridSide: side, filterSide: SmoothingWorkload.filterSide(gridSide: side))
    let gaussian = AttentionGaussian(row: side / 3, column: side / 2, height: 1, spread: 1)
    offsets =
      smoothing.forward(
        SparseAttention.forward(Array(repeating: [gaussian], count: count), radius: 0.1, side: side),
        filter: GridSmoothing.gaussianFilter(side: SmoothingWorkload.filterSide(gridSide: side))
      ).offsets
    counts = ResamplingWork(images: count, height: size, width: size)
  }

  func work(of stage: Stage) -> Work? {
    switch stage {
    case .sample: counts.forward
    case .backwardSampling: phase == .train ? counts.backward : nil
    case .step: phase == .train ? counts.forward + counts.backward : counts.forward
    default: nil
    }
  }

  func step() -> [StageSample] {
    clock.step(phase: phase) {
      _ = clock.measure(.sample) {
        GridResample.forward(images, offsets: offsets, height: images.shape[1], width: images.shape[2])
      }
      guard phase == .train else { return }
      _ = clock.measure(.backwardSampling) { GridResample.backward(dSampled, image: images, offsets: offsets) }
    }
    return clock.takeSamples()
  }
}
