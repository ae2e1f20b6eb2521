/// What long work on a store asks and tells its caller.
public struct StoreContext {
  /// Whether the user wants an end.
  public var shouldStop: () -> Bool
  public var report: (StoreEvent) -> Void

  public init(shouldStop: @escaping () -> Bool = { false }, report: @escaping (StoreEvent) -> Void = { _ in }) {
    self.shouldStop = shouldStop
    self.report = report
  }
}
