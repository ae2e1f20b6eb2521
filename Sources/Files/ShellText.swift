/// A word of a command as a shell takes it, in quotes if it has to be: what a message or a page tells the reader to type.
public func shellQuoted(_ word: String) -> String {
  word.wholeMatch(of: /[A-Za-z0-9_.,:=\/+%@-]+/) != nil ? word : "'" + word.replacing("'", with: #"'\''"#) + "'"
}
