import COpenBLAS
import Figures
import Records

/// The BLAS library, which multiplies in the linear heads.
struct BLAS {
  /// Its version and the kernel that it chose.
  var name: String
  /// Why it cannot be loaded; nil if it can.
  var obstacle: String?

  /// Why OpenBLAS cannot be loaded; nil if it can.
  static var obstacle: String? { s3n_openblas_obstacle().map { String(cString: $0) } }

  var check: Check {
    if let obstacle {
      return .error("blas", "OpenBLAS cannot be loaded: \(obstacle)", "Install it: apt-get install libopenblas0.")
    }
    return .ok("blas", name)
  }
}

/// The programs that draw figures: gnuplot with its terminals, and a font.
struct Drawing {
  var gnuplot: String?
  var missingTerminals: [String]
  var font: String?
  var wantedFonts: [String]

  static var here: Drawing {
    let programs = DrawingPrograms.current
    let gnuplot = programs[DrawingPrograms.gnuplot]
    return Drawing(
      gnuplot: gnuplot, missingTerminals: gnuplot == nil ? [] : DrawingPrograms.missingTerminals,
      font: programs[DrawingPrograms.font], wantedFonts: DrawingPrograms.fontNames)
  }

  var checks: [Check] { [gnuplotCheck, fontCheck] }

  private var gnuplotCheck: Check {
    guard let gnuplot else {
      return .warning("gnuplot", "absent: tables are written but no charts", "Install it: apt-get install gnuplot-nox.")
    }
    guard missingTerminals.isEmpty else {
      return .warning(
        "gnuplot", "\(gnuplot), without the terminals \(missingTerminals.joined(separator: ", "))",
        "Install one that has them: apt-get install gnuplot-nox.")
    }
    return .ok("gnuplot", "\(gnuplot), terminals svg, pngcairo and pdfcairo")
  }

  private var fontCheck: Check {
    guard let font else {
      return .warning("font", "fontconfig finds no font", "Install it: apt-get install fontconfig fonts-dejavu-core.")
    }
    guard wantedFonts.contains(where: font.hasPrefix) else {
      return .warning(
        "font", "\(font), which is none of \(wantedFonts.joined(separator: ", ")): charts look different",
        "Install one: apt-get install fonts-dejavu-core.")
    }
    return .ok("font", font)
  }
}
