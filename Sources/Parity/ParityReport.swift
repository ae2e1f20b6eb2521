import Tensors

/// A comparison of a bundle with the engine, tensor by tensor.
public struct ParityReport {
  public struct Row: Sendable, Equatable {
    public let tensor: String
    /// Our largest difference over the largest magnitude; for peaks the number of rows that differ.
    public let error: Double
    /// The error of PyTorch's own float32 run; nil if exactness is required.
    public let reference: Double?
    /// The error of PyTorch's bfloat16 autocast; nil unless ours ran in bf16.
    public let referenceBF16: Double?
    public let allowed: Double

    /// Whether the error is within the allowed one, which a NaN is not.
    public var holds: Bool { error <= allowed }
  }

  public let bundle: String
  public let rows: [Row]

  public var holds: Bool { !rows.isEmpty && rows.allSatisfy(\.holds) }

  /// Runs the engine on the bundle at `path` in a precision.
  ///
  /// Peaks must be equal. For every other tensor X, max|ours - X| / max|X| may be at most 4 times the error of float32
  /// PyTorch plus 2e-5; in bf16 1.5 times the error of its bfloat16 autocast plus 0.004. Throws `noBF16` if the bundle
  /// does not give that.
  public init(bundle path: String, _ precision: Precision = .fp32) throws {
    let golden = try GoldenBundle(reading: path)
    if precision == .bf16, golden.names("error_bf16.").isEmpty { throw ParityError.noBF16(path: path) }
    let run = try EngineRun(golden, precision)
    bundle = path
    rows = try golden.names("forward.", "loss", "grad.", "after.").map { name in
      if name == "forward.peaks" {
        let differing = Self.differing(run.peaks, try golden.peaks())
        return Row(tensor: name, error: Double(differing), reference: nil, referenceBF16: nil, allowed: 0)
      }
      guard let ours = run.tensors[name] else {
        throw golden.error(name, expected: "a tensor that the method has", found: "an unknown name")
      }
      let expected = try golden.file.tensor(name)
      // A side of 1 is left out by some.
      guard expected.shape.filter({ $0 != 1 }) == ours.shape.filter({ $0 != 1 }) else {
        throw golden.error(name, expected: "a shape of \(ours.shape)", found: "\(expected.shape)")
      }
      let reference = try golden.reference("error." + name)
      let referenceBF16 = precision == .bf16 ? try golden.reference("error_bf16." + name) : nil
      return Row(
        tensor: name, error: Self.error(ours, expected), reference: reference, referenceBF16: referenceBF16,
        allowed: referenceBF16.map { 1.5 * $0 + 0.004 } ?? 4 * reference + 2e-5)
    }
    guard rows.contains(where: { $0.tensor.hasPrefix("forward.") }) else {
      throw golden.error("tensors", expected: "some named forward.*", found: "none")
    }
  }

  /// max|ours - expected| / max|expected|; infinite if any value is infinite or NaN.
  static func error(_ ours: Tensor, _ expected: Tensor) -> Double {
    var difference = 0.0
    var magnitude = 0.0
    for (a, b) in zip(ours.elements, expected.elements) {
      guard a.isFinite, b.isFinite else { return .infinity }
      difference = max(difference, abs(Double(a) - Double(b)))
      magnitude = max(magnitude, abs(Double(b)))
    }
    return difference == 0 ? 0 : difference / magnitude
  }

  private static func differing(_ ours: [[Int64]], _ expected: [[Int64]]) -> Int {
    abs(ours.count - expected.count) + zip(ours, expected).count { $0 != $1 }
  }
}

extension GoldenBundle {
  /// The error of PyTorch stored under `name`.
  func reference(_ name: String) throws -> Double {
    let reference = try file.tensor(name)
    guard reference.count == 1, reference[0] >= 0, reference[0].isFinite else {
      throw error(name, expected: "one finite number, 0 or more", found: "\(reference.elements)")
    }
    return Double(reference[0])
  }

  /// (image, row, column) of every peak.
  func peaks() throws -> [[Int64]] {
    let values = try file.integers("forward.peaks")
    guard values.count % 3 == 0 else {
      throw error("forward.peaks", expected: "rows of three", found: "\(values.count) values")
    }
    return stride(from: 0, to: values.count, by: 3).map { Array(values[$0..<$0 + 3]) }
  }
}
