/// Whether text can be the name of something in a folder that is meant to be seen: it leads nowhere else and is not hidden.
public func isName(_ text: String) -> Bool {
  !text.isEmpty && text.utf8.first != UInt8(ascii: ".") && !text.utf8.contains { $0 == slash || $0 == 0 }
}
