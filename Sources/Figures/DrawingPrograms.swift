import Foundation
import Records

/// The programs that draw the pictures on this machine.
public enum DrawingPrograms {
  /// The version of gnuplot and the font that it finds: if both are the same, equal data give equal pictures.
  ///
  /// Absent programs are left out; without gnuplot there are no pictures at all.
  public static let current = [
    gnuplot: output(of: ["gnuplot", "--version"]),
    font: output(of: ["fc-match", "--format", "%{family} %{style} %{fontversion}", Style.font]),
  ].compactMapValues { $0 }

  /// The key of gnuplot's version, which affects every picture.
  public static let gnuplot = "gnuplot"
  /// The key of the font, which affects pixel images.
  public static let font = "font"

  /// The fonts of all figures in order of preference; the first available one is used.
  public static let fontNames = Style.font.split(separator: ",").map { $0.trimmingCharacters(in: .whitespaces) }

  /// The gnuplot terminals that figures need and this gnuplot lacks.
  public static var missingTerminals: [String] {
    ["svg", "pngcairo", "pdfcairo"].filter { output(of: ["gnuplot", "-e", "set terminal \($0)"]) == nil }
  }
}
