// Register-blocked products: MR rows by NV vectors of accumulators that never leave the registers.

typedef float vector __attribute__((vector_size(VECTOR_BYTES)));
typedef float unaligned_vector __attribute__((vector_size(VECTOR_BYTES), aligned(4)));
typedef int vector_mask __attribute__((vector_size(VECTOR_BYTES)));
enum { lanes = VECTOR_BYTES / sizeof(float), nr = NV * lanes };

// Tiles at an edge have fewer rows, in steps: what is left over is seldom worth a whole tile.
enum { half_rows = MR > 8 ? 8 : MR > 4 ? 4 : 2, few_rows = half_rows / 2 };

/// ReLU; a NaN stays one.
static inline __attribute__((always_inline)) vector rectified(vector x) {
  return (vector)((vector_mask)x & ~(x < (vector){}));
}

static inline __attribute__((always_inline)) void store_whole_tile(const size_t height, vector acc[MR][NV],
                                                                   const s3n_target *target, int finishes) {
#pragma clang loop unroll(full)
  for (size_t i = 0; i < height; i++) {
    const size_t offset = target->offsets[i];
#pragma clang loop unroll(full)
    for (size_t v = 0; v < NV; v++) {
      vector sum = acc[i][v];
      if (target->from) sum += *(const unaligned_vector *)(target->from + offset + v * lanes);
      if (finishes && target->bias) sum += *(const unaligned_vector *)(target->bias + v * lanes);
      if (finishes && target->relu) sum = rectified(sum);
      *(unaligned_vector *)(target->c + offset + v * lanes) = sum;
    }
  }
}

static inline __attribute__((always_inline)) void store_tile(const size_t height, vector acc[MR][NV],
                                                             const s3n_target *target, size_t rows, size_t cols) {
  const int finishes = target->bias || target->relu;
  if (rows == height && cols == nr) {
    if (finishes)
      store_whole_tile(height, acc, target, 1);
    else
      store_whole_tile(height, acc, target, 0);
    return;
  }
  float spilled[MR * nr] __attribute__((aligned(64)));
#pragma clang loop unroll(full)
  for (size_t i = 0; i < height; i++) {
#pragma clang loop unroll(full)
    for (size_t v = 0; v < NV; v++) *(vector *)(spilled + i * nr + v * lanes) = acc[i][v];
  }
  for (size_t i = 0; i < rows; i++) {
    const size_t offset = target->offsets[i];
    size_t j = 0;
    for (; j + lanes <= cols; j += lanes) {
      vector sum = *(const vector *)(spilled + i * nr + j);
      if (target->from) sum += *(const unaligned_vector *)(target->from + offset + j);
      if (target->bias) sum += *(const unaligned_vector *)(target->bias + j);
      *(unaligned_vector *)(target->c + offset + j) = target->relu ? rectified(sum) : sum;
    }
    for (; j < cols; j++) {
      float sum = spilled[i * nr + j];
      if (target->from) sum += target->from[offset + j];
      if (target->bias) sum += target->bias[j];
      target->c[offset + j] = target->relu && sum < 0 ? 0 : sum;
    }
  }
}

static inline __attribute__((always_inline)) void product_of(const size_t height, size_t depth, const float *a,
                                                             size_t row_step, size_t depth_step, const float *b,
                                                             const s3n_target *target, size_t rows, size_t cols,
                                                             const char *ahead, size_t ahead_step) {
  // The results' lines, and those of what they begin with, arrive while the sums are formed.
  for (size_t i = 0; i < rows; i++)
#pragma clang loop unroll(full)
    for (size_t j = 0; j < nr; j += 16) __builtin_prefetch(target->c + target->offsets[i] + j, 1);
  if (target->from && target->from != target->c)
    for (size_t i = 0; i < rows; i++)
#pragma clang loop unroll(full)
      for (size_t j = 0; j < nr; j += 16) __builtin_prefetch(target->from + target->offsets[i] + j);
  vector acc[MR][NV] = {};
  for (size_t p = 0; p < depth; p++) {
    __builtin_prefetch(ahead + p * ahead_step, 0, 2);
    vector bv[NV];
#pragma clang loop unroll(full)
    for (size_t v = 0; v < NV; v++) bv[v] = *(const vector *)(b + p * nr + v * lanes);
#pragma clang loop unroll(full)
    for (size_t i = 0; i < height; i++) {
      vector av = a[i * row_step + p * depth_step] - (vector){};  // a broadcast: minus zero changes nothing
#pragma clang loop unroll(full)
      for (size_t v = 0; v < NV; v++) acc[i][v] += av * bv[v];
    }
  }
  store_tile(height, acc, target, rows, cols);
}

static inline __attribute__((always_inline)) void product(size_t depth, const float *a, size_t row_step,
                                                          size_t depth_step, const float *b, const s3n_target *target,
                                                          size_t rows, size_t cols, const char *ahead,
                                                          size_t ahead_step) {
  if (rows > half_rows)
    product_of(MR, depth, a, row_step, depth_step, b, target, rows, cols, ahead, ahead_step);
  else if (rows > few_rows)
    product_of(half_rows, depth, a, row_step, depth_step, b, target, rows, cols, ahead, ahead_step);
  else
    product_of(few_rows, depth, a, row_step, depth_step, b, target, rows, cols, ahead, ahead_step);
}

static void by_rows(size_t depth, const float *a, size_t lda, const float *b, const s3n_target *target, size_t rows,
                    size_t cols, const char *ahead, size_t ahead_step) {
  product(depth, a, lda, 1, b, target, rows, cols, ahead, ahead_step);
}

static void by_depth(size_t depth, const float *a, size_t lda, const float *b, const s3n_target *target, size_t rows,
                     size_t cols, const char *ahead, size_t ahead_step) {
  product(depth, a, 1, lda, b, target, rows, cols, ahead, ahead_step);
}
