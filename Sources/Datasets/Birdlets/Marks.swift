/// The five small parts that distinguish the classes of birdlets; a bird has each mark or its plain counterpart.
struct Marks: OptionSet, Hashable, Sendable {
  let rawValue: Int

  /// A ruby crown, else one of the back's colour.
  static let crown = Marks(rawValue: 1)
  /// A white ring around the eye, else none.
  static let eyeRing = Marks(rawValue: 2)
  /// Two white bars across the wing, else none.
  static let wingBars = Marks(rawValue: 4)
  /// A long thin beak, else a short thick one.
  static let longBeak = Marks(rawValue: 8)
  /// A golden band near the tail's end, else none.
  static let tailBand = Marks(rawValue: 16)

  /// The marks of the sixteen classes: none, any two, or any four of the five.
  ///
  /// Any two classes thus differ in at least two parts, each part splits the classes in half, and seeing only some of
  /// the parts narrows the choice without deciding it.
  static let ofClasses = (0..<32).map(Marks.init).filter { $0.rawValue.nonzeroBitCount % 2 == 0 }
  /// Those of sixteen others: one, three or all of the five.
  static let ofOtherClasses = (0..<32).map(Marks.init).filter { $0.rawValue.nonzeroBitCount % 2 == 1 }

  /// The class's name: its marks, or its plain parts if they are fewer.
  var className: String {
    let parts: [(mark: Marks, marked: String, plain: String)] = [
      (.crown, "Ruby_crowned", "Plain_crowned"), (.eyeRing, "Ring_eyed", "Plain_eyed"),
      (.wingBars, "Bar_winged", "Plain_winged"), (.longBeak, "Long_billed", "Short_billed"),
      (.tailBand, "Band_tailed", "Plain_tailed"),
    ]
    let marked = parts.filter { contains($0.mark) }.map(\.marked)
    let plain = parts.filter { !contains($0.mark) }.map(\.plain)
    let words = marked.isEmpty ? ["Plain"] : marked.count < plain.count ? marked : ["Ornate"] + plain
    return words.joined(separator: "_") + "_Birdlet"
  }
}
