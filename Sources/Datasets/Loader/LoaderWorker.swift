import Dispatch
import Tensors

/// What one thread of a loader keeps from image to image.
final class LoaderWorker {
  private let decoder = JPEGDecoder()
  private let resampler = Resampler()

  /// Writes the floats of one image; the nanoseconds that decoding and augmenting took, or what went wrong.
  func load(
    _ sample: Sample, from images: any ImageSource, _ transform: Transform, using generator: consuming SeededGenerator,
    into floats: UnsafeMutableBufferPointer<Float>
  ) -> Result<(decode: UInt64, augment: UInt64), DatasetError> {
    let start = DispatchTime.now().uptimeNanoseconds
    do throws(DatasetError) {
      let image = try images.image(of: sample, using: decoder)
      let decoded = DispatchTime.now().uptimeNanoseconds
      let geometry = transform.geometry(width: image.width, height: image.height, using: &generator)
      resampler.resample(image, geometry, normalized: .imageNet, into: floats)
      return .success((decoded - start, DispatchTime.now().uptimeNanoseconds - decoded))
    } catch {
      return .failure(error)
    }
  }
}
