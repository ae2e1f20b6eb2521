/// How many windows of `kernel` pixels lie in `size` pixels with `padding` at both ends, one every `stride`; 0 if none fits.
func windowCount(_ size: Int, kernel: Int, stride: Int, padding: Int) -> Int {
  let room = size + 2 * padding - kernel
  return room < 0 ? 0 : room / stride + 1
}
