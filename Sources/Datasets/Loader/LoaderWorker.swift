import Dispatch
import Tensors

/// The state that a loader thread keeps across images.
final class LoaderWorker {
  private let decoder: ImageDecoder
  private let resampler = Resampler()

  /// The result for one image: the nanoseconds for decoding and augmenting, and the part that is seen.
  struct Loaded {
    let decode: UInt64
    let augment: UInt64
    let geometry: Geometry
  }

  /// `shouldStop` is called while waiting for a file.
  init(shouldStop: @escaping () -> Bool) { decoder = ImageDecoder(shouldStop: shouldStop) }

  /// Writes the floats of one image, or returns the error.
  func load(
    _ sample: Sample, from images: any ImageSource, _ transform: Transform, using generator: consuming SeededGenerator,
    into floats: UnsafeMutableBufferPointer<Float>
  ) -> Result<Loaded, DatasetError> {
    let start = DispatchTime.now().uptimeNanoseconds
    do throws(DatasetError) {
      let image = try images.image(of: sample, using: decoder)
      let decoded = DispatchTime.now().uptimeNanoseconds
      let geometry = transform.geometry(width: image.width, height: image.height, using: &generator)
      resampler.resample(image, geometry, normalized: .imageNet, into: floats)
      return .success(
        Loaded(
          decode: decoded - start, augment: DispatchTime.now().uptimeNanoseconds - decoded, geometry: geometry))
    } catch {
      return .failure(error)
    }
  }
}
