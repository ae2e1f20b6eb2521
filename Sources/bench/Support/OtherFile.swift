import ArgumentParser
import Files
import Foundation
import Records

/// Throws if the output file is the input file, under whatever name or link.
func requireOther(file output: String, than input: String, option: String) throws {
  guard !isSameFile(output, input) else {
    throw ValidationError(
      "\(option) \(output): this is the input file, \(input), and would be overwritten; choose another.")
  }
}

/// Throws if two output files are or would be the same file, under whatever name or link.
func requireDifferent(_ files: [(option: String, path: String?)]) throws {
  var taken: [(option: String, path: String)] = []
  for case (let option, let path?) in files {
    if let other = taken.first(where: { isSameFile(path, $0.path) }) {
      throw ValidationError("\(option) \(path): \(other.option) names the same file: choose another.")
    }
    taken.append((option, path))
  }
}

/// Returns the output file that the user names, checked before any work is done.
///
/// Throws if it is not writable, is one of `inputs`, or is, even through a link, a record of runs or a model of one,
/// which could not be restored.
func outputFile(_ path: String, option: String, apartFrom inputs: [String] = []) throws -> URL {
  guard !path.isEmpty else { throw ValidationError("\(option) is empty: name a file.") }
  for input in inputs { try requireOther(file: path, than: input, option: option) }
  let (file, place) = (URL(fileURLWithPath: path), URL(fileURLWithPath: path).resolvingSymlinksInPath())
  let folder = place.deletingLastPathComponent()
  func isRecorded(_ folder: URL) -> Bool { isAccessible(RecordsFile.recipe.url(in: folder).givenPath, F_OK) }
  let isRecord = RecordsFile(rawValue: place.lastPathComponent).map { !$0.isDerived } ?? false
  let isModel = folder.lastPathComponent == RecordsFile.models && isRecorded(folder.deletingLastPathComponent())
  if isAccessible(place.givenPath, F_OK), isModel || isRecord && isRecorded(folder) {
    throw ValidationError(
      "\(option) \(path): this is a \(isModel ? "model of a run" : "record of runs"), which could not be restored; "
        + "choose another file.")
  }
  try requireWritable(file)
  return file
}

/// Returns the output folder that the user names; throws if the name is empty.
func outputFolder(_ path: String, option: String = "--out") throws -> URL {
  guard !path.isEmpty else { throw ValidationError("\(option) is empty: name a folder.") }
  return URL(fileURLWithPath: path, isDirectory: true)
}
