import Files
import Foundation

extension WeightFileError: WriteFailure {}

/// A weight file that appears complete or not at all.
public typealias WholeFile = Files.WholeFile<WeightFileError>

/// Writes a file that appears complete or not at all: temporary file in its folder, fsync, rename, fsync of the folder.
public func writeWhole(_ data: some ContiguousBytes, to path: String) throws(WeightFileError) {
  try Files.writeWhole(data, to: path, failingAs: WeightFileError.self)
}
