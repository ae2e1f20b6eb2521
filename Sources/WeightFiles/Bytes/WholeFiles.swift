import Files
import Foundation

extension WeightFileError: WriteFailure {}

/// A weight file that appears whole or not at all.
public typealias WholeFile = Files.WholeFile<WeightFileError>

/// Writes the file whole or not at all: temporary file in the same folder, fsync, rename, fsync of the folder.
public func writeWhole(_ data: some ContiguousBytes, to path: String) throws(WeightFileError) {
  try Files.writeWhole(data, to: path, failingAs: WeightFileError.self)
}
