/// A time in the units that tell it best: "2 h 5 min", "6 min 28 s", "12 s".
func durationText(seconds: Int) -> String {
  switch seconds {
  case 3600...: "\(seconds / 3600) h \(seconds % 3600 / 60) min"
  case 60...: "\(seconds / 60) min \(seconds % 60) s"
  default: "\(seconds) s"
  }
}
