import SwiftProtobuf

/// One run's data for TensorBoard: numbers and pictures by step, and the bytes of their event file.
///
/// The same events give the same bytes, and further events only append to them.
public struct EventLog: Sendable {
  /// The bytes of the event file so far.
  public private(set) var bytes: [UInt8]
  /// The first record, which gives the format and the time.
  let header: [UInt8]
  private let wallTime: Double

  /// - Parameter wallTime: the time of all events, in seconds since 1970.
  public init(wallTime: Double) {
    self.wallTime = wallTime
    var event = Tensorboard_Event()
    event.wallTime = wallTime
    event.fileVersion = "brain.Event:2"
    header = Self.record(event)
    bytes = header
  }

  /// Adds the numbers of one step, by tag.
  public mutating func add(step: Int, _ scalars: [(tag: String, value: Double)]) {
    append(
      step,
      scalars.map { tag, number in
        var value = Tensorboard_Summary.Value()
        value.tag = tag
        value.simpleValue = Float(number)
        return value
      })
  }

  /// Adds a picture of one step; ignores bytes that are not a PNG or exceed 64 MiB.
  public mutating func add(step: Int, tag: String, png: [UInt8]) {
    guard png.count <= Self.largestPicture, let header = PNGHeader(png) else { return }
    var value = Tensorboard_Summary.Value()
    value.tag = tag
    value.image.width = Int32(header.width)
    value.image.height = Int32(header.height)
    value.image.colorspace = Int32(header.channels)
    value.image.encodedImageString = .init(png)
    append(step, [value])
  }

  private static let largestPicture = 64 << 20

  private mutating func append(_ step: Int, _ values: [Tensorboard_Summary.Value]) {
    guard !values.isEmpty else { return }
    var event = Tensorboard_Event()
    event.wallTime = wallTime
    event.step = Int64(step)
    event.summary.value = values
    bytes += Self.record(event)
  }

  private static func record(_ event: Tensorboard_Event) -> [UInt8] {
    do { return tfRecord(try event.serializedBytes()) } catch {
      preconditionFailure("an event of our own has no fields that could be missing: \(error)")
    }
  }
}
