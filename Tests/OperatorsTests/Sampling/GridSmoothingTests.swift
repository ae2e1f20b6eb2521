import Tensors
import Testing

@testable import Operators

@Suite struct GridSmoothingTests {
  /// The grid before clamping, by the method's definition in double precision: A, A x and A y, each convolved.
  private func reference(_ attention: Tensor, _ filter: Tensor, _ grid: Int, _ side: Int) -> [Double] {
    let padding = (side - 1) / 2
    func coordinate(_ index: Int) -> Double { Double(index - padding) / Double(grid - 1) }
    func inside(_ index: Int) -> Int { min(max(index - padding, 0), grid - 1) }
    var result: [Double] = []
    for cell in 0..<attention.count {
      let (image, row, column) = (cell / (grid * grid), cell / grid % grid, cell % grid)
      var (mass, x, y) = (0.0, 0.0, 0.0)
      for i in 0..<side {
        for j in 0..<side {
          let seen = Double(attention[(image * grid + inside(row + i)) * grid + inside(column + j)])
          let product = seen * Double(filter[i * side + j])
          mass += product
          x += product * coordinate(column + j)
          y += product * coordinate(row + i)
        }
      }
      result += [2 * x / mass - 1, 2 * y / mass - 1]
    }
    return result
  }

  private func clamped(_ values: [Double]) -> [Double] { values.map { min(max($0, -1), 1) } }

  /// The initial filter, or one like a trained filter: of full rank and negative in places.
  private func filter(_ side: Int, learned: Bool) -> Tensor {
    let gaussian = GridSmoothing.gaussianFilter(side: side, fullWidthAtHalfMaximum: Double(side) / 4)
    guard learned else { return gaussian }
    let noise = randomTensor([side, side], seed: 8, in: -0.02...0.05)
    return Tensor(zip(gaussian.elements, noise.elements).map(+), shape: [side, side])
  }

  private static let sizes = [(3, 31, 61), (1, 7, 13), (2, 2, 5), (2, 12, 3), (1, 5, 1), (1, 6, 41)]

  @Test(arguments: SmoothingMethod.allCases, sizes)
  func agreesWithTheStatement(_ method: SmoothingMethod, _ size: (images: Int, grid: Int, side: Int)) {
    let attention = randomTensor([size.images, size.grid, size.grid], in: 0.05...2)
    for learned in [false, true] {
      let filter = filter(size.side, learned: learned)
      let smoothing = GridSmoothing(method: method, gridSide: size.grid, filterSide: size.side)
      let expected = clamped(reference(attention, filter, size.grid, size.side))
      expectClose(smoothing.forward(attention, filter: filter).grid, expected, tolerance: 1e-5, "\(method) \(learned)")
    }
  }

  @Test(arguments: [SmoothingMethod.fft, .separable], sizes)
  func gradientsAgreeWithTheDirectOnes(_ method: SmoothingMethod, _ size: (images: Int, grid: Int, side: Int)) {
    let attention = randomTensor([size.images, size.grid, size.grid], in: 0.05...2)
    let dgrid = randomTensor([size.images, size.grid, size.grid, 2], seed: 4)
    for learned in [false, true] {
      let filter = filter(size.side, learned: learned)
      let smoothing = GridSmoothing(method: method, gridSide: size.grid, filterSide: size.side)
      let direct = GridSmoothing(method: .direct, gridSide: size.grid, filterSide: size.side)
      let found = smoothing.backward(dgrid, of: smoothing.forward(attention, filter: filter))
      let expected = direct.backward(dgrid, of: direct.forward(attention, filter: filter))
      expectClose(found.attention, expected.attention, tolerance: 1e-5, "\(method) \(learned)")
      expectClose(found.filter, expected.filter, tolerance: 1e-5, "\(method) \(learned)")
    }
  }

  @Test(arguments: SmoothingMethod.allCases, [(2, 7, 13), (1, 4, 9), (1, 5, 3)])
  func gradientsAreNumeric(_ method: SmoothingMethod, _ size: (images: Int, grid: Int, side: Int)) {
    let attention = randomTensor([size.images, size.grid, size.grid], in: 0.5...1.5)
    let filter = filter(size.side, learned: true)
    let smoothing = GridSmoothing(method: method, gridSide: size.grid, filterSide: size.side)
    // Clamped cells would make the loss jump, so their weight is zero here; another test covers them.
    let free = reference(attention, filter, size.grid, size.side)
    var weight = randomTensor([size.images, size.grid, size.grid, 2], seed: 4)
    for position in free.indices where abs(free[position]) > 0.95 { weight[position] = 0 }
    let gradients = smoothing.backward(weight, of: smoothing.forward(attention, filter: filter))
    func loss(_ attention: Tensor, _ filter: Tensor) -> Double {
      zip(reference(attention, filter, size.grid, size.side), weight.elements).reduce(0) { $0 + $1.0 * Double($1.1) }
    }
    expectGradient(gradients.attention, at: attention, step: 1e-3, tolerance: 1e-4) { loss($0, filter) }
    expectGradient(gradients.filter, at: filter, step: 1e-4, tolerance: 1e-4) { loss(attention, $0) }
  }

  @Test(arguments: SmoothingMethod.allCases) func whatIsClampedPassesNoGradient(_ method: SmoothingMethod) {
    // Negative taps push the mean outside: each cell of the grid saturates or stays, and saturated cells do not count.
    let attention = randomTensor([2, 7, 7], in: 0.05...2)
    let filter = randomTensor([5, 5], seed: 3, in: -0.6...1)
    let smoothing = GridSmoothing(method: method, gridSide: 7, filterSide: 5)
    let free = reference(attention, filter, 7, 5)
    let saturated = free.indices.filter { abs(free[$0]) > 1.001 }
    #expect(saturated.count > 5)
    var dgrid = Tensor.zeros([2, 7, 7, 2])
    for position in saturated { dgrid[position] = 1 }
    let result = smoothing.forward(attention, filter: filter)
    #expect(saturated.allSatisfy { abs(result.grid[$0]) == 1 })
    let gradients = smoothing.backward(dgrid, of: result)
    #expect(gradients.attention.elements.allSatisfy { $0 == 0 } && gradients.filter.elements.allSatisfy { $0 == 0 })
  }

  @Test(arguments: SmoothingMethod.allCases) func levelAttentionIsTheIdentityExactly(_ method: SmoothingMethod) {
    let smoothing = GridSmoothing(method: method)
    let result = smoothing.forward(Tensor(repeating: 0.09, shape: [1, 31, 31]), filter: GridSmoothing.gaussianFilter())
    #expect(result.offsets.elements.allSatisfy { $0 == 0 })
    expectIdentical(result.grid, GridSample.identityGrid(images: 1, height: 31, width: 31))
  }

  /// A single peak in a corner moves far cells by less than a float's rounding of their position; whether they are
  /// clamped and pass a gradient must not depend on the method.
  @Test func methodsAgreeWhereTheAttentionIsNearlyLevel() {
    let gaussians = [
      [AttentionGaussian(row: 30, column: 0, height: 1, spread: 1)],
      [AttentionGaussian(row: 3, column: 15, height: 0.4, spread: 0.6)],
    ]
    let attention = SparseAttention.forward(gaussians, radius: 0.09, side: 31)
    let filter = GridSmoothing.gaussianFilter()
    let dgrid = randomTensor([2, 31, 31, 2], seed: 4)
    let results = SmoothingMethod.allCases.map { method in
      let smoothing = GridSmoothing(method: method)
      return smoothing.backward(dgrid, of: smoothing.forward(attention, filter: filter))
    }
    for result in results.dropFirst() {
      expectClose(result.attention, results[0].attention, tolerance: 1e-5)
      expectClose(result.filter, results[0].filter, tolerance: 1e-5)
    }
  }

  @Test func aChangedFilterIsSeen() {
    let smoothing = GridSmoothing(gridSide: 7, filterSide: 5)
    let attention = randomTensor([1, 7, 7], in: 0.1...1)
    var filter = filter(5, learned: false)
    _ = smoothing.forward(attention, filter: filter)
    filter[7] += 0.3
    let fresh = GridSmoothing(gridSide: 7, filterSide: 5).forward(attention, filter: filter)
    expectIdentical(smoothing.forward(attention, filter: filter).grid, fresh.grid)
  }

  @Test(arguments: SmoothingMethod.allCases) func threadsAndBatchDoNotMatter(_ method: SmoothingMethod) {
    let attention = randomTensor([3, 31, 31], in: 0.05...2)
    let filter = filter(61, learned: true)
    let dgrid = randomTensor([3, 31, 31, 2], seed: 4)
    let smoothing = GridSmoothing(method: method)
    expectThreadIndependent("\(method)") {
      let result = smoothing.forward(attention, filter: filter)
      let gradients = smoothing.backward(dgrid, of: result)
      return [result.grid, gradients.attention, gradients.filter]
    }
    let whole = smoothing.forward(attention, filter: filter).grid.elements
    let last = Tensor(Array(attention.elements.suffix(961)), shape: [1, 31, 31])
    #expect(smoothing.forward(last, filter: filter).grid.elements == Array(whole.suffix(2 * 961)))
  }

  @Test(arguments: SmoothingMethod.allCases) func hopelessInputsDoNotTrap(_ method: SmoothingMethod) {
    let smoothing = GridSmoothing(method: method, gridSide: 5, filterSide: 3)
    for value in [Float.nan, .infinity, 0] {
      let result = smoothing.forward(Tensor(repeating: value, shape: [1, 5, 5]), filter: .zeros([3, 3]))
      #expect(result.grid.elements.contains { $0.isNaN })
      let poisoned = smoothing.forward(
        randomTensor([1, 5, 5]), filter: Tensor(repeating: value, shape: [3, 3]))
      _ = smoothing.backward(poisoned.grid, of: poisoned)
    }
  }

  @Test func theFilterIsTheReleasedGaussian() {
    let filter = GridSmoothing.gaussianFilter()
    #expect(filter.shape == [61, 61])
    // 2^-(2 r / 13)^2: a full width of 13 at half the height.
    for (down, along, value) in [(0, 0, Float(1)), (0, 13, 0x1p-4), (13, 13, 0x1p-8), (-26, 0, 0x1p-16)] {
      #expect(abs(filter[(30 + down) * 61 + 30 + along] / value - 1) < 1e-6, "\(down), \(along)")
    }
  }

  @Test func aGaussianIsOneTermAndALearnedFilterAsManyAsItNeeds() {
    func terms(_ filter: Tensor) -> [(down: [Double], along: [Double])] {
      rankOneTerms(of: filter.elements.map(Double.init), side: filter.shape[0])
    }
    #expect(terms(GridSmoothing.gaussianFilter()).count == 1)
    #expect(terms(.zeros([5, 5])).isEmpty)
    let learned = filter(9, learned: true)
    var rest = learned.elements.map(Double.init)
    for term in terms(learned) {
      for position in rest.indices { rest[position] -= term.down[position / 9] * term.along[position % 9] }
    }
    #expect((rest.map(abs).max() ?? 1) < 1e-7)
  }
}
