import Dispatch

/// Nanoseconds on the system's monotonic clock, from an arbitrary start.
public func monotonicNanoseconds() -> Int { Int(DispatchTime.now().uptimeNanoseconds) }
