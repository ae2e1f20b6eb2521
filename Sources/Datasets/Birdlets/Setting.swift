/// A place to sit in: the colours of what lies behind, and of the branch.
struct Setting {
  var top: SIMD3<Float>
  var bottom: SIMD3<Float>
  var spots: [SIMD3<Float>]
  var bark: SIMD3<Float>
  var leaf: SIMD3<Float>

  static let all = [
    // A wood in summer.
    Setting(
      top: [0.45, 0.58, 0.32], bottom: [0.18, 0.28, 0.14],
      spots: [[0.75, 0.83, 0.48], [0.27, 0.42, 0.18], [0.56, 0.68, 0.36], [0.90, 0.92, 0.70]],
      bark: [0.36, 0.29, 0.23], leaf: [0.32, 0.47, 0.18]),
    // Autumn.
    Setting(
      top: [0.74, 0.58, 0.36], bottom: [0.38, 0.25, 0.15],
      spots: [[0.90, 0.66, 0.30], [0.72, 0.38, 0.18], [0.88, 0.80, 0.55], [0.50, 0.36, 0.20]],
      bark: [0.31, 0.25, 0.22], leaf: [0.74, 0.42, 0.15]),
    // Open sky.
    Setting(
      top: [0.55, 0.70, 0.86], bottom: [0.80, 0.87, 0.91],
      spots: [[0.92, 0.95, 0.97], [0.66, 0.78, 0.90], [0.84, 0.88, 0.86]],
      bark: [0.42, 0.36, 0.31], leaf: [0.42, 0.55, 0.25]),
    // Winter.
    Setting(
      top: [0.74, 0.77, 0.81], bottom: [0.55, 0.58, 0.63],
      spots: [[0.90, 0.92, 0.95], [0.62, 0.66, 0.72], [0.80, 0.80, 0.82]],
      bark: [0.30, 0.26, 0.25], leaf: [0.38, 0.36, 0.26]),
    // Reeds at dusk.
    Setting(
      top: [0.48, 0.42, 0.50], bottom: [0.26, 0.24, 0.30],
      spots: [[0.86, 0.64, 0.48], [0.60, 0.46, 0.46], [0.38, 0.34, 0.42], [0.92, 0.80, 0.58]],
      bark: [0.46, 0.38, 0.27], leaf: [0.52, 0.50, 0.28]),
    // By the water.
    Setting(
      top: [0.36, 0.52, 0.54], bottom: [0.20, 0.34, 0.38],
      spots: [[0.62, 0.78, 0.78], [0.82, 0.90, 0.88], [0.30, 0.46, 0.42], [0.46, 0.60, 0.44]],
      bark: [0.40, 0.36, 0.32], leaf: [0.30, 0.50, 0.32]),
  ]
}
