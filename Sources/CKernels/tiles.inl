// Register-blocked products: MR rows by NV vectors of accumulators that never leave the registers.

typedef float vector __attribute__((vector_size(VECTOR_BYTES)));
typedef float unaligned_vector __attribute__((vector_size(VECTOR_BYTES), aligned(4)));
typedef int vector_mask __attribute__((vector_size(VECTOR_BYTES)));
enum { lanes = VECTOR_BYTES / sizeof(float), nr = NV * lanes };

static inline __attribute__((always_inline)) void store_tile(vector acc[MR][NV], float *const *c, size_t rows,
                                                             size_t cols, int accumulate) {
  if (rows == MR && cols == nr) {
#pragma clang loop unroll(full)
    for (size_t i = 0; i < MR; i++) {
#pragma clang loop unroll(full)
      for (size_t v = 0; v < NV; v++) {
        unaligned_vector *to = (unaligned_vector *)(c[i] + v * lanes);
        *to = accumulate ? *to + acc[i][v] : acc[i][v];
      }
    }
    return;
  }
  float spilled[MR * nr] __attribute__((aligned(64)));
#pragma clang loop unroll(full)
  for (size_t i = 0; i < MR; i++) {
#pragma clang loop unroll(full)
    for (size_t v = 0; v < NV; v++) *(vector *)(spilled + i * nr + v * lanes) = acc[i][v];
  }
  for (size_t i = 0; i < rows; i++)
    for (size_t j = 0; j < cols; j++) c[i][j] = accumulate ? c[i][j] + spilled[i * nr + j] : spilled[i * nr + j];
}

static inline __attribute__((always_inline)) void product(size_t depth, const float *a, size_t row_step,
                                                          size_t depth_step, const float *b, float *const *c,
                                                          size_t rows, size_t cols, int accumulate) {
  vector acc[MR][NV] = {};
  for (size_t p = 0; p < depth; p++) {
    vector bv[NV];
#pragma clang loop unroll(full)
    for (size_t v = 0; v < NV; v++) bv[v] = *(const vector *)(b + p * nr + v * lanes);
#pragma clang loop unroll(full)
    for (size_t i = 0; i < MR; i++) {
      vector av = a[i * row_step + p * depth_step] - (vector){};  // a broadcast: minus zero changes nothing
#pragma clang loop unroll(full)
      for (size_t v = 0; v < NV; v++) acc[i][v] += av * bv[v];
    }
  }
  store_tile(acc, c, rows, cols, accumulate);
}

static void by_rows(size_t depth, const float *a, size_t lda, const float *b, float *const *c, size_t rows,
                    size_t cols, int accumulate) {
  product(depth, a, lda, 1, b, c, rows, cols, accumulate);
}

static void by_depth(size_t depth, const float *a, size_t lda, const float *b, float *const *c, size_t rows,
                     size_t cols, int accumulate) {
  product(depth, a, 1, lda, b, c, rows, cols, accumulate);
}
