// Sums along lines of maps, and products of spectra, in double precision.

typedef double double8 __attribute__((vector_size(64), aligned(8), may_alias));

static void add_weighted(const double *from, size_t stride, const double *weight, size_t taps, double *to,
                         size_t count) {
  while (count > 0) {
    // Four independent vectors: the additions of a single one would wait for each other.
    double8 sums[4] = {};
    for (size_t j = 0; j < taps; j++)
      for (size_t v = 0; v < 4; v++) sums[v] += weight[j] * *(const double8 *)(from + j * stride + 8 * v);
    size_t some = count < 32 ? count : 32;
    for (size_t i = 0; i < some; i++) to[i] += sums[i / 8][i % 8];
    from += some, to += some, count -= some;
  }
}

static void add_multiple(const double *restrict from, double weight, double *restrict to, size_t count) {
  for (size_t i = 0; i < count; i++) to[i] += weight * from[i];
}

static inline __attribute__((always_inline)) void multiply_all(const double *restrict a, const double *restrict b,
                                                               double *restrict to, size_t count, double sign, int add) {
  for (size_t i = 0; i < count; i++) {
    double re = b[2 * i], im = sign * b[2 * i + 1];
    double real = a[2 * i] * re - a[2 * i + 1] * im, imaginary = a[2 * i] * im + a[2 * i + 1] * re;
    to[2 * i] = add ? to[2 * i] + real : real;
    to[2 * i + 1] = add ? to[2 * i + 1] + imaginary : imaginary;
  }
}

static void multiply(const double *a, const double *b, double *to, size_t count, int conjugate, int add) {
  if (add)
    multiply_all(a, b, to, count, conjugate ? -1 : 1, 1);
  else
    multiply_all(a, b, to, count, conjugate ? -1 : 1, 0);
}
