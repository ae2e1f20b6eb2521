/// The cost of a step: fixed seconds, and seconds for each image.
public struct StepCost: Equatable, Sendable, Encodable {
  public var fixedSeconds: Double
  public var secondsPerImage: Double

  public init(fixedSeconds: Double, secondsPerImage: Double) {
    self.fixedSeconds = fixedSeconds
    self.secondsPerImage = secondsPerImage
  }

  /// From one measured step size: the whole cost is proportional to the images.
  init(seconds: Double, images: Int) { self.init(fixedSeconds: 0, secondsPerImage: seconds / Double(images)) }

  /// From steps with one image and with more: the line through both.
  init(one: Double, more: Double, images: Int) {
    let slope = max(0, (more - one) / Double(images - 1))
    // If noise suggests that an image costs nothing, trust the larger step.
    self =
      slope > 0
      ? StepCost(fixedSeconds: max(0, one - slope), secondsPerImage: slope) : StepCost(seconds: more, images: images)
  }

  /// Returns the seconds for all of `images` in steps of `batch`.
  public func seconds(images: Int, batch: Int) -> Double {
    Double((images + batch - 1) / batch) * fixedSeconds + Double(images) * secondsPerImage
  }

  enum CodingKeys: String, CodingKey {
    case fixedSeconds = "fixed_seconds"
    case secondsPerImage = "seconds_per_image"
  }
}
