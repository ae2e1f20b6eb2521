import ArgumentParser
import Files

/// Throws if the file to write is the one that is read, by whatever name or link.
func requireOther(file output: String, than input: String, option: String) throws {
  guard !isSameFile(output, input) else {
    throw ValidationError(
      "\(option) \(output): it is the file that is read, \(input), and would be lost; name another.")
  }
}
