// Sums along lines of maps, and products of spectra.

static void add_weighted(const float *from, size_t stride, const float *weight, size_t taps, float *to, size_t count) {
  while (count > 16) {
    // Two vectors at once: the additions of one alone would wait for each other.
    float16 first = {}, second = {};
    for (size_t j = 0; j < taps; j++) {
      first += weight[j] * *(const float16 *)(from + j * stride);
      second += weight[j] * *(const float16 *)(from + j * stride + 16);
    }
    size_t some = count < 32 ? count : 32;
    for (size_t i = 0; i < 16; i++) to[i] += first[i];
    for (size_t i = 16; i < some; i++) to[i] += second[i - 16];
    from += some, to += some, count -= some;
  }
  if (count == 0) return;
  float16 sum = {};
  for (size_t j = 0; j < taps; j++) sum += weight[j] * *(const float16 *)(from + j * stride);
  for (size_t i = 0; i < count; i++) to[i] += sum[i];
}

static inline __attribute__((always_inline)) void multiply_all(const float *restrict a, const float *restrict b,
                                                               float *restrict to, size_t count, float sign, int add) {
  for (size_t i = 0; i < count; i++) {
    float re = b[2 * i], im = sign * b[2 * i + 1];
    float real = a[2 * i] * re - a[2 * i + 1] * im, imaginary = a[2 * i] * im + a[2 * i + 1] * re;
    to[2 * i] = add ? to[2 * i] + real : real;
    to[2 * i + 1] = add ? to[2 * i + 1] + imaginary : imaginary;
  }
}

static void multiply(const float *a, const float *b, float *to, size_t count, int conjugate, int add) {
  if (add)
    multiply_all(a, b, to, count, conjugate ? -1 : 1, 1);
  else
    multiply_all(a, b, to, count, conjugate ? -1 : 1, 0);
}
