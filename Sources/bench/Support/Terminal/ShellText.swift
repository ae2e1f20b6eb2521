/// An argument as a shell takes it for one word.
func shellQuoted(_ argument: String) -> String {
  argument.wholeMatch(of: /[A-Za-z0-9_.,:=\/+-]+/) != nil
    ? argument : "'" + argument.replacing("'", with: #"'\''"#) + "'"
}
