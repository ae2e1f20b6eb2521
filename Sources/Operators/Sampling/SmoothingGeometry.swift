/// The sizes and coordinates of a smoothing, and the computations that all methods share.
package struct SmoothingGeometry: Sendable {
  /// The number of cells along one side of an attention map, at least 2.
  let gridSide: Int
  /// The number of cells along one side of the filter, odd.
  let filterSide: Int

  package init(gridSide: Int, filterSide: Int) {
    self.gridSide = gridSide
    self.filterSide = filterSide
  }

  /// The number of cells by which a map is padded on each side.
  package var padding: Int { (filterSide - 1) / 2 }
  var paddedSide: Int { gridSide + filterSide - 1 }
  var cells: Int { gridSide * gridSide }
  var paddedCells: Int { paddedSide * paddedSide }
  var taps: Int { filterSide * filterSide }

  /// The offset of the filter's cell `tap` from its centre, in coordinates: the map is 1 wide.
  func offset(_ tap: Int) -> Double { Double(tap - padding) / Double(gridSide - 1) }

  /// The cell of a map that a padded position repeats.
  func inside(_ position: Int) -> Int { min(max(position - padding, 0), gridSide - 1) }

  /// Calls `body` with every position of a padded map and the cell that it repeats.
  func eachPadded(_ body: (Int, Int) -> Void) {
    for position in 0..<paddedCells {
      body(position, inside(position / paddedSide) * gridSide + inside(position % paddedSide))
    }
  }

  // MARK: - Three filters from one

  /// Returns the filter (F, F) and its products with its cells' x and y offsets: (3, F, F).
  package func offsetFilters(_ filter: [Double]) -> [Double] {
    let alongX = filter.indices.map { filter[$0] * offset($0 % filterSide) }
    let alongY = filter.indices.map { filter[$0] * offset($0 / filterSide) }
    return filter + alongX + alongY
  }

  /// Returns the gradient (F, F) of the filter from that (3, F, F) of the three filters.
  func offsetFiltersBackward(_ all: [Double]) -> [Double] {
    (0..<taps).map {
      all[$0] + all[taps + $0] * offset($0 % filterSide) + all[2 * taps + $0] * offset($0 / filterSide)
    }
  }

  /// Returns the sums of the three filters, which are the moments of a map of ones. Opposite cells are paired, so that
  /// the offsets of a symmetric filter sum to exactly zero.
  package func filterSums(_ filter: [Double]) -> [Double] {
    var sums = [filter.reduce(0, +), 0, 0]
    for line in 0..<filterSide {
      for tap in 0..<padding {
        let opposite = filterSide - 1 - tap
        sums[1] += offset(tap) * (filter[line * filterSide + tap] - filter[line * filterSide + opposite])
        sums[2] += offset(tap) * (filter[tap * filterSide + line] - filter[opposite * filterSide + line])
      }
    }
    return sums
  }

  // MARK: - The grid from the moments

  /// Returns the grid (G, G, 2) from moments (3, G, G), which are each cell's attention and its x and y moments around
  /// the cell; also the grid's offsets from the identity, which may be far smaller than the positions' float rounding.
  func grid(fromMoments moments: [Double]) -> (grid: [Float], offsets: [Float]) {
    var (grid, offsets) = ([Float](repeating: 0, count: 2 * cells), [Float](repeating: 0, count: 2 * cells))
    eachCoordinate { position, mass, moment, start in
      let offset = 2 * moments[moment] / moments[mass]
      let free = start + offset
      // Keeps NaNs, as torch.clamp does.
      grid[position] = Float(free < -1 ? -1 : free > 1 ? 1 : free)
      offsets[position] = Float(free < -1 ? -1 - start : free > 1 ? 1 - start : offset)
    }
    return (grid, offsets)
  }

  /// Returns the gradient of the moments from that of the grid; as with torch.clamp, clamped positions pass none.
  func momentsGradient(_ dgrid: ArraySlice<Float>, moments: [Double]) -> [Double] {
    var gradient = [Double](repeating: 0, count: moments.count)
    eachCoordinate { position, mass, moment, start in
      let mean = moments[moment] / moments[mass]
      let free = start + 2 * mean
      guard !(free < -1 || free > 1) else { return }
      let slope = 2 * Double(dgrid[dgrid.startIndex + position]) / moments[mass]
      gradient[moment] = slope
      gradient[mass] -= slope * mean
    }
    return gradient
  }

  /// Calls `body` for each coordinate of each cell with its position in a grid, the positions of the cell's attention
  /// and moment in the moments, and the coordinate's value at moment zero.
  @inline(__always)
  private func eachCoordinate(_ body: (Int, Int, Int, Double) -> Void) {
    let last = gridSide - 1
    let starts = (0..<gridSide).map { Double(2 * $0 - last) / Double(last) }
    for cell in 0..<cells {
      body(2 * cell, cell, cells + cell, starts[cell % gridSide])
      body(2 * cell + 1, cell, 2 * cells + cell, starts[cell / gridSide])
    }
  }
}
