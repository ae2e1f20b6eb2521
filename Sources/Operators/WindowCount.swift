/// The number of `kernel`-wide windows, `stride` apart, in `size` pixels padded by `padding` on both sides, or 0 if the
/// kernel does not fit.
func windowCount(_ size: Int, kernel: Int, stride: Int, padding: Int) -> Int {
  let room = size + 2 * padding - kernel
  return room < 0 ? 0 : room / stride + 1
}
