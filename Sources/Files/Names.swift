/// Whether text can name a visible entry of a folder: without slashes, and not hidden.
public func isName(_ text: String) -> Bool {
  !text.isEmpty && text.utf8.first != UInt8(ascii: ".") && !text.utf8.contains { $0 == slash || $0 == 0 }
}
