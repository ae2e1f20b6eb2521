import Foundation
import Records

/// A table of the areas of several images: the mean of each map by each curve, with its 95 % interval over images.
public enum CurveTable {
  public static func text(_ rows: [CurveRow]) -> String {
    let curves = rows.map(\.curve).unique()
    var table = TextTable(header: ["map"] + curves)
    for map in rows.map(\.map).unique() {
      table.rows.append(
        [map]
          + curves.map { curve in
            // All points of a curve hold its area.
            let areas = rows.filter { $0.map == map && $0.curve == curve && $0.share == 0 }.map(\.area)
            guard let mean = MeanOverImages(areas) else { return "" }
            return String(format: "%.3f ", mean.mean)
              + intervalText(mean.interval.lowerBound, mean.interval.upperBound, digits: 3)
          })
    }
    return table.text
  }
}
