/// The caller's callbacks for long work on a store.
public struct StoreContext {
  /// Whether the user asked to stop.
  public var shouldStop: () -> Bool
  public var report: (StoreEvent) -> Void

  public init(shouldStop: @escaping () -> Bool = { false }, report: @escaping (StoreEvent) -> Void = { _ in }) {
    self.shouldStop = shouldStop
    self.report = report
  }
}
