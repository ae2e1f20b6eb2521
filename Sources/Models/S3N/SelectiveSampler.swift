import Layers
import Operators
import Tensors
import Timing

/// Turns class response maps into the images of the sampled passes (stages 3 to 9), with learned radii and filter.
public final class SelectiveSampler: Module {
  public let radius: Parameter
  public let radiusInverse: Parameter
  public let filter: Parameter
  public let floor: Float
  public let gridSide: Int
  private let smoothing: GridSmoothing

  public init(_ configuration: S3NConfiguration) {
    radius = Parameter("radius.scale", Tensor([configuration.radius], shape: [1]))
    radiusInverse = Parameter("radius_inv.scale", Tensor([configuration.radiusInverse], shape: [1]))
    let gaussian = GridSmoothing.gaussianFilter()
    filter = Parameter("filter.weight", gaussian.reshaped([1, 1] + gaussian.shape))
    floor = configuration.floor
    gridSide = configuration.gridSide
    smoothing = GridSmoothing(method: configuration.smoothing, gridSide: gridSide, filterSide: gaussian.shape[0])
  }

  public var parameters: [Parameter] { [radius, radiusInverse, filter] }

  /// The filter's distance from its initial Gaussian: the Euclidean norm of the difference divided by the Gaussian's.
  public var filterChange: Double {
    let gaussian = GridSmoothing.gaussianFilter().elements.map(Double.init)
    let squares = zip(filter.value.elements, gaussian).map { (Double($0) - $1) * (Double($0) - $1) }
    return (squares.reduce(0, +) / gaussian.reduce(0) { $0 + $1 * $1 }).squareRoot()
  }
  public var buffers: [Buffer] { [] }

  /// Where one branch looks: its Gaussians, attention and grid; only a grid if the pass is not warped.
  public struct BranchSampling: Sendable {
    public let branch: Branch
    /// Each grid cell's offset from the identity, (N, G, G, 2), x then y.
    public let offsets: Tensor
    /// The attention map, (N, G, G); nil if nothing is warped.
    public let attention: Tensor?
    /// The Gaussians of each image's attention; empty if nothing is warped.
    public let gaussians: [[AttentionGaussian]]
    fileprivate let smoothed: SmoothedGrid?

    /// The sampling grid, (N, G, G, 2), x then y in [-1, 1].
    public var grid: Tensor {
      smoothed?.grid
        ?? GridSample.identityGrid(images: offsets.shape[0], height: offsets.shape[1], width: offsets.shape[2])
    }
  }

  /// The class response, and where each branch looks because of it.
  public struct Sampling: Sendable {
    public let response: ClassResponse
    /// The peaks to look at in each image; none if nothing is warped.
    public let peaks: [[Peak]]
    public let branches: [BranchSampling]
  }

  /// Returns where each branch looks for class response maps (N, h, w, K) on the backbone's cells.
  public func sampling(_ maps: Tensor, branches: [Branch], _ context: PassContext) -> Sampling {
    let clock = context.clock
    let response = clock.measure(.responseMap) { ClassResponse(maps: maps, side: gridSide) }
    let peaks = clock.measure(.peaks) {
      context.sampling.peaks(findPeaks(response.response), side: gridSide, context)
    }
    let gaussians = clock.measure(.peaks) { context.sampling.gaussians(peaks, context) }
    let branchSamplings = branches.map { branch in
      guard let gaussians else {
        let offsets = Tensor.zeros([maps.shape[0], gridSide, gridSide, 2])
        return BranchSampling(branch: branch, offsets: offsets, attention: nil, gaussians: [], smoothed: nil)
      }
      let ofBranch = gaussians.map { branch == .discriminative ? $0.discriminative : $0.complementary }
      let attention = clock.measure(.attention) {
        SparseAttention.forward(ofBranch, radius: radius(of: branch).value[0], floor: floor, side: gridSide)
      }
      let smoothed = clock.measure(.grid) { smoothing.forward(attention, filter: filter.value) }
      return BranchSampling(
        branch: branch, offsets: smoothed.offsets, attention: attention, gaussians: ofBranch, smoothed: smoothed)
    }
    return Sampling(response: response, peaks: peaks, branches: branchSamplings)
  }

  /// Returns the images (N, H, W, 3) as a branch sees them, in their original size.
  public func sample(_ images: Tensor, _ branchSampling: BranchSampling) -> Tensor {
    GridResample.forward(images, offsets: branchSampling.offsets, height: images.shape[1], width: images.shape[2])
  }

  /// Whether the gradient of the sampled images reaches any parameter.
  public func needsGradient(_ branchSampling: BranchSampling) -> Bool { branchSampling.smoothed != nil }

  /// Adds the gradients of the branch's radius and of the filter, from the gradient of the sampled images.
  public func backward(_ dSampled: Tensor, images: Tensor, _ branchSampling: BranchSampling) {
    guard let smoothed = branchSampling.smoothed else { return }
    let dOffsets = GridResample.backward(dSampled, image: images, offsets: branchSampling.offsets)
    let (dAttention, dFilter) = smoothing.backward(dOffsets, of: smoothed)
    add(dFilter, to: &filter.gradient)
    let radius = radius(of: branchSampling.branch)
    radius.gradient[0] += SparseAttention.backward(
      dAttention, gaussians: branchSampling.gaussians, radius: radius.value[0])
  }

  private func radius(of branch: Branch) -> Parameter { branch == .discriminative ? radius : radiusInverse }
}
