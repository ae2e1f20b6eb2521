/// The weights of input positions for each output position on one axis: Pillow's antialiased bilinear filter.
///
/// Follows Pillow's 8-bit resampling: a triangle that widens when the image shrinks, with fixed-point weights of 22
/// fraction bits.
struct ResampleWeights {
  static let fractionBits: Int32 = 22

  /// The first input position and the number of positions for each output position.
  private(set) var starts: [Int32] = []
  private(set) var counts: [Int32] = []
  /// `taps` weights per output position, of which the first `counts` are used.
  private(set) var weights: [Int32]
  let taps: Int

  /// The weights of the output positions `kept`, in descending order if `reversed`, for resizing `input` positions to
  /// `output`.
  init(from input: Int, to output: Int, kept: Range<Int>, reversed: Bool = false) {
    let scale = Double(input) / Double(output)
    let support = max(scale, 1)
    taps = Int(support.rounded(.up)) * 2 + 1
    weights = [Int32](repeating: 0, count: kept.count * taps)
    starts.reserveCapacity(kept.count)
    counts.reserveCapacity(kept.count)
    var shares = [Double](repeating: 0, count: taps)
    for index in 0..<kept.count {
      let position = reversed ? kept.upperBound - 1 - index : kept.lowerBound + index
      let centre = (Double(position) + 0.5) * scale
      let start = max(0, Int(centre - support + 0.5))
      let count = min(input, Int(centre + support + 0.5)) - start
      var total = 0.0
      for tap in 0..<count {
        let distance = abs((Double(tap + start) - centre + 0.5) * (1 / support))
        shares[tap] = distance < 1 ? 1 - distance : 0
        total += shares[tap]
      }
      for tap in 0..<count {
        weights[index * taps + tap] = Int32(0.5 + shares[tap] / total * Double(1 << Self.fractionBits))
      }
      starts.append(Int32(start))
      counts.append(Int32(count))
    }
  }

  /// All input positions that some output position needs.
  var needed: Range<Int> {
    zip(starts, counts).reduce(Int.max..<Int.max) { range, tap in
      let (start, end) = (Int(tap.0), Int(tap.0 + tap.1))
      return range.lowerBound == Int.max ? start..<end : min(range.lowerBound, start)..<max(range.upperBound, end)
    }
  }
}
