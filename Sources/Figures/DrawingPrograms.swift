import Foundation
import Records

/// What draws the pictures on this machine.
public enum DrawingPrograms {
  /// The version of gnuplot and the font that it finds: where these are the same, equal data make equal pictures.
  ///
  /// What is absent is left out; without gnuplot there are no pictures at all.
  public static let current = [
    gnuplot: output(of: ["gnuplot", "--version"]),
    font: output(of: ["fc-match", "--format", "%{family} %{style} %{fontversion}", Style.font]),
  ].compactMapValues { $0 }

  /// The key of gnuplot's version, on which every picture hangs.
  public static let gnuplot = "gnuplot"
  /// The key of the font, on which pictures made of pixels hang.
  public static let font = "font"

  /// The fonts of all figures, the first that is there being taken.
  public static let fontNames = Style.font.split(separator: ",").map { $0.trimmingCharacters(in: .whitespaces) }

  /// The terminals of gnuplot that figures are drawn with and this gnuplot lacks.
  public static var missingTerminals: [String] {
    ["svg", "pngcairo", "pdfcairo"].filter { output(of: ["gnuplot", "-e", "set terminal \($0)"]) == nil }
  }
}
