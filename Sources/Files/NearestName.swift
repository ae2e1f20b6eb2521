/// The name that `typed` most likely means: the one with the fewest edits; nil if none is close.
public func nearestName(to typed: String, among names: [String]) -> String? {
  let best = names.map { (name: $0, edits: editDistance(typed.lowercased(), $0.lowercased())) }
    .min { $0.edits < $1.edits }
  guard let best, best.edits <= max(2, best.name.count / 3) else { return nil }
  return best.name
}
