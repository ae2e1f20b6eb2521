import ArgumentParser

/// An amount of memory, such as 2GB, 500MB or 1GiB.
struct ByteCount: ExpressibleByArgument, Equatable {
  let bytes: Int

  init?(argument: String) {
    let text = argument.lowercased()
    let units = ["gib": 1 << 30, "mib": 1 << 20, "gb": 1_000_000_000, "mb": 1_000_000]
    guard let unit = units.first(where: { text.hasSuffix($0.key) }),
      let amount = Double(text.dropLast(unit.key.count)), amount > 0, amount * Double(unit.value) < 1e15
    else { return nil }
    bytes = Int(amount * Double(unit.value))
  }
}
