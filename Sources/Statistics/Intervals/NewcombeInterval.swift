/// The 95 % interval of the difference of two independent proportions, first minus second: Newcombe's hybrid of their Wilson
/// intervals (Statistics in Medicine 17, 1998, method 10); nil without trials.
public func newcombeInterval(
  _ first: (proportion: Double, n: Int), _ second: (proportion: Double, n: Int)
) -> ClosedRange<Double>? {
  guard let a = wilsonInterval(proportion: first.proportion, n: first.n),
    let b = wilsonInterval(proportion: second.proportion, n: second.n)
  else { return nil }
  func length(_ x: Double, _ y: Double) -> Double { (x * x + y * y).squareRoot() }
  let difference = first.proportion - second.proportion
  let below = length(first.proportion - a.lowerBound, b.upperBound - second.proportion)
  let above = length(a.upperBound - first.proportion, second.proportion - b.lowerBound)
  return difference - below...difference + above
}
