// Plain loops that the compiler vectorises for the current instruction set.

typedef float float16 __attribute__((vector_size(64), aligned(4), may_alias));

static void blend_four(const float *const corner[4], float down, float right, float *restrict to, size_t channels) {
  const float *restrict a = corner[0], *restrict b = corner[1], *restrict c = corner[2], *restrict d = corner[3];
  for (size_t i = 0; i < channels; i++) {
    float left = a[i] + down * (c[i] - a[i]), other = b[i] + down * (d[i] - b[i]);
    to[i] = left + right * (other - left);
  }
}

static void add_scaled(const float *restrict from, float weight, float *restrict to, size_t count) {
  for (size_t i = 0; i < count; i++) to[i] += weight * from[i];
}

static void stretch(const float *source, s3n_axis columns, float *to) {
  for (size_t k = 0; k < columns.inputs; k++) {
    const float left = source[k], slope = k + 1 < columns.inputs ? source[k + 1] - left : 0;
    // The last vector overlaps the outputs of the next input, which are written later.
    for (size_t j = (size_t)columns.first[k]; j < (size_t)columns.first[k + 1]; j += 16)
      *(float16 *)(to + j) = left + *(const float16 *)(columns.weight + j) * slope;
  }
}

static void gather(const float *restrict gradient, s3n_axis columns, float *restrict to, size_t step) {
  for (size_t k = 0; k < columns.inputs; k++) {
    float whole = 0, right = 0;
    for (size_t j = (size_t)columns.first[k]; j < (size_t)columns.first[k + 1]; j++) {
      whole += gradient[j];
      right += columns.weight[j] * gradient[j];
    }
    to[k * step] += whole - right;
    if (k + 1 < columns.inputs) to[(k + 1) * step] += right;
  }
}
