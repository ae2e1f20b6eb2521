import Foundation

/// Writes a line to standard error.
func complain(_ message: String) { FileHandle.standardError.write(Data((message + "\n").utf8)) }
