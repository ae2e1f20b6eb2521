/// A word of a shell command, quoted if necessary, for commands that a message or page tells the reader to type.
public func shellQuoted(_ word: String) -> String {
  word.wholeMatch(of: /[A-Za-z0-9_.,:=\/+%@-]+/) != nil ? word : "'" + word.replacing("'", with: #"'\''"#) + "'"
}
