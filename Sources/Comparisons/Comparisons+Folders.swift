import Foundation
import Records

extension Comparisons {
  /// Compares each variant of `folder` with the same one in `other`, made by another recipe or program: paired by seed
  /// and image, and corrected for the number of variants in both. Differences are `folder` minus `other`.
  ///
  /// Throws `nothingInCommon`, `otherTestImages`, and `ComparisonsError` and `RecordsError` of either folder.
  public init(of folder: URL, with other: URL) throws {
    let (here, there) = (try VariantAnswers.read(from: folder), try VariantAnswers.read(from: other))
    let pairs = here.compactMap { variant in
      there.first { $0.isSameVariant(as: variant) }.map { Pair(variant, $0) }
    }
    guard !pairs.isEmpty else { throw ComparisonsError.nothingInCommon(folder: folder.path, other: other.path) }
    // Another version may use the same name for a different image.
    func dataset(_ table: TableKey) -> [String] { [table.dataset, table.datasetVersion] }
    guard
      pairs.allSatisfy({
        dataset($0.first.cell.table) == dataset($0.second.cell.table) && $0.first.images == $0.second.images
      })
    else {
      throw ComparisonsError.otherTestImages(folder: folder.path, other: other.path)
    }
    self.init(rows: Self.rows(.reference, pairs))
  }
}

extension VariantAnswers {
  /// Whether both belong to the same line of a table, regardless of the table.
  fileprivate func isSameVariant(as other: VariantAnswers) -> Bool {
    var moved = cell
    moved.table = other.cell.table
    return moved == other.cell
  }
}
