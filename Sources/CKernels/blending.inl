// Plain loops that the compiler turns into vectors of the instruction set in force.

static void blend(const float *restrict from, const float *restrict next, float weight, float *restrict to,
                  size_t count) {
  for (size_t i = 0; i < count; i++) to[i] = from[i] + weight * (next[i] - from[i]);
}

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

static void stretch(const float *restrict source, s3n_axis columns, float *restrict to) {
  const int32_t *restrict lower = columns.lower;
  const float *restrict weight = columns.weight;
  for (size_t j = 0; j < columns.outputs; j++) {
    float left = source[lower[j]], right = source[lower[j] + 1];
    to[j] = left + weight[j] * (right - left);
  }
}

