// Register-blocked products: MR rows of NV vectors of accumulators that stay in registers. Results are floats if
// `floats`, otherwise elements.

// Edge tiles have fewer rows, in steps, since the remainder seldom fills a whole tile. If the columns fill at most one
// vector, as in the stem's gradient, only that one is computed: products of the others would be of zeros.
enum { half_rows = MR > 8 ? 8 : MR > 4 ? 4 : 2, few_rows = half_rows / 2 };

/// ReLU that keeps NaNs.
INLINE vector rectified(vector x) { return (vector)((vector_mask)x & ~(x < (vector){})); }

INLINE vector load_result(const int floats, const void *from, size_t at) {
  return floats ? *(const unaligned_vector *)((const float *)from + at) : load((const element *)from + at);
}

INLINE void store_result(const int floats, void *to, size_t at, vector value) {
  if (floats)
    *(unaligned_vector *)((float *)to + at) = value;
  else
    store((element *)to + at, value);
}

INLINE float load_one(const int floats, const void *from, size_t at) {
  return floats ? ((const float *)from)[at] : value_of(((const element *)from)[at]);
}

INLINE void store_one(const int floats, void *to, size_t at, float value) {
  if (floats)
    ((float *)to)[at] = value;
  else
    ((element *)to)[at] = stored(value);
}

INLINE void store_whole_tile(const int floats, const size_t height, const size_t vectors, vector acc[MR][NV],
                             const s3n_target *target, int finishes) {
#pragma clang loop unroll(full)
  for (size_t i = 0; i < height; i++) {
    const size_t offset = target->offsets[i];
#pragma clang loop unroll(full)
    for (size_t v = 0; v < vectors; v++) {
      vector sum = acc[i][v];
      if (target->from) sum += load_result(floats, target->from, offset + v * lanes);
      if (finishes && target->bias) sum += *(const unaligned_vector *)(target->bias + v * lanes);
      if (finishes && target->relu) sum = rectified(sum);
      store_result(floats, target->c, offset + v * lanes, sum);
    }
  }
}

INLINE void store_tile(const int floats, const size_t height, const size_t vectors, vector acc[MR][NV],
                       const s3n_target *target, size_t rows, size_t cols) {
  const int finishes = target->bias || target->relu;
  if (rows == height && cols == vectors * lanes) {
    if (finishes)
      store_whole_tile(floats, height, vectors, acc, target, 1);
    else
      store_whole_tile(floats, height, vectors, acc, target, 0);
    return;
  }
  float spilled[MR * nr] __attribute__((aligned(64)));
#pragma clang loop unroll(full)
  for (size_t i = 0; i < height; i++) {
#pragma clang loop unroll(full)
    for (size_t v = 0; v < vectors; v++) *(vector *)(spilled + i * nr + v * lanes) = acc[i][v];
  }
  for (size_t i = 0; i < rows; i++) {
    const size_t offset = target->offsets[i];
    size_t j = 0;
    for (; j + lanes <= cols; j += lanes) {
      vector sum = *(const vector *)(spilled + i * nr + j);
      if (target->from) sum += load_result(floats, target->from, offset + j);
      if (target->bias) sum += *(const unaligned_vector *)(target->bias + j);
      store_result(floats, target->c, offset + j, target->relu ? rectified(sum) : sum);
    }
    for (; j < cols; j++) {
      float sum = spilled[i * nr + j];
      if (target->from) sum += load_one(floats, target->from, offset + j);
      if (target->bias) sum += target->bias[j];
      store_one(floats, target->c, offset + j, target->relu && sum < 0 ? 0 : sum);
    }
  }
}

/// Returns the same number, but hidden from the compiler: it then computes addresses where they are used, since it
/// cannot keep them all in registers.
INLINE size_t unknown(size_t value) {
  __asm__("" : "+r"(value));
  return value;
}

/// The offset of row i of A from the first row: a multiple by 1, 2, 4 or 8, as addressing modes allow, of an odd number
/// of rows, so that 14 rows take 7 registers and no extra instructions.
INLINE size_t row_offset(const size_t *odd_rows, size_t i) {
  if (i == 0) return 0;
  const int twos = __builtin_ctzl(i);
  return odd_rows[i >> twos >> 1] << twos;
}

/// A(i, p) is a[i * lda + p]; if `by_depth`, it is a[p * lda + i] and results are floats.
INLINE void product_of(const int by_depth, const size_t height, const size_t vectors, size_t depth, const factor *a,
                       size_t lda, const factor *b, const s3n_target *target, size_t rows, size_t cols, const char *ahead,
                       size_t ahead_step) {
  const int floats = by_depth;  // gradients to weights
  // Prefetches the lines of the results and of their initial values while the sums are computed.
  const size_t size = floats ? sizeof(float) : sizeof(element);
  for (size_t i = 0; i < rows; i++)
#pragma clang loop unroll(full)
    for (size_t j = 0; j < vectors * lanes * size; j += 64)
      __builtin_prefetch((const char *)target->c + target->offsets[i] * size + j, 1);
  if (target->from && target->from != target->c)
    for (size_t i = 0; i < rows; i++)
#pragma clang loop unroll(full)
      for (size_t j = 0; j < vectors * lanes * size; j += 64)
        __builtin_prefetch((const char *)target->from + target->offsets[i] * size + j);
  size_t odd_rows[(MR + 1) / 2];
#pragma clang loop unroll(full)
  for (size_t i = 0; i < (height + 1) / 2; i++)
    odd_rows[i] = by_depth ? (2 * i + 1) * sizeof(factor) : unknown((2 * i + 1) * lda * sizeof(factor));
  uintptr_t column = (uintptr_t)a;
  vector acc[MR][NV] = {};
  for (size_t p = 0; p < depth; p++) {
    __builtin_prefetch(ahead + p * ahead_step, 0, 2);
#pragma clang loop unroll(full)
    for (size_t part = 0; part < parts; part++) {
      operand bv[NV];
#pragma clang loop unroll(full)
      for (size_t v = 0; v < vectors; v++) bv[v] = part_of(*(const factors *)(b + p * nr + v * lanes), part);
#pragma clang loop unroll(full)
      for (size_t i = 0; i < height; i++) {
        // Broadcasts: subtracting zero changes nothing.
        const factors row = *(const factor *)(column + row_offset(odd_rows, i)) - (factors){};
        const operand av = part_of(row, part);
#pragma clang loop unroll(full)
        for (size_t v = 0; v < vectors; v++) acc[i][v] = multiply_add(acc[i][v], av, bv[v]);
      }
    }
    column = by_depth ? column + lda * sizeof(factor) : unknown(column + sizeof(factor));
  }
  store_tile(floats, height, vectors, acc, target, rows, cols);
}

INLINE void product_in_steps(const int by_depth, const size_t vectors, size_t depth, const factor *a, size_t lda,
                             const factor *b, const s3n_target *target, size_t rows, size_t cols, const char *ahead,
                             size_t ahead_step) {
  if (rows > half_rows)
    product_of(by_depth, MR, vectors, depth, a, lda, b, target, rows, cols, ahead, ahead_step);
  else if (rows > few_rows)
    product_of(by_depth, half_rows, vectors, depth, a, lda, b, target, rows, cols, ahead, ahead_step);
  else
    product_of(by_depth, few_rows, vectors, depth, a, lda, b, target, rows, cols, ahead, ahead_step);
}

INLINE void product(const int by_depth, size_t depth, const factor *a, size_t lda, const factor *b,
                    const s3n_target *target, size_t rows, size_t cols, const char *ahead, size_t ahead_step) {
  if (cols > lanes)
    product_in_steps(by_depth, NV, depth, a, lda, b, target, rows, cols, ahead, ahead_step);
  else
    product_in_steps(by_depth, 1, depth, a, lda, b, target, rows, cols, ahead, ahead_step);
}

static void by_rows(size_t depth, const void *a, size_t lda, const void *b, const s3n_target *target, size_t rows,
                    size_t cols, const char *ahead, size_t ahead_step) {
  product(0, depth, a, lda, b, target, rows, cols, ahead, ahead_step);
}

static void by_depth(size_t depth, const void *a, size_t lda, const void *b, const s3n_target *target, size_t rows,
                     size_t cols, const char *ahead, size_t ahead_step) {
  product(1, depth, a, lda, b, target, rows, cols, ahead, ahead_step);
}
