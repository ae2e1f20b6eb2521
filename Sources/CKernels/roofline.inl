// One instruction set's loops. The including file defines VECTOR_BYTES and NAME(x), and enables the instruction set.

typedef float NAME(vector) __attribute__((vector_size(VECTOR_BYTES), aligned(4)));

/// Returns a number that depends on all results, so that none is optimised away.
static float NAME(multiply_add)(size_t rounds, float factor, float term) {
  NAME(vector) acc[chains];
  for (int i = 0; i < chains; i++) acc[i] = (NAME(vector)){} + (float)i;
  for (size_t round = 0; round < rounds; round++) {
#pragma clang loop unroll(full)
    for (int i = 0; i < chains; i++) acc[i] = acc[i] * factor + term;
  }
  float sum = 0;
  for (int i = 0; i < chains; i++)
    for (size_t lane = 0; lane < VECTOR_BYTES / sizeof(float); lane++) sum += acc[i][lane];
  return sum;
}

static void NAME(triad)(float *restrict a, const float *restrict b, const float *restrict c, float factor,
                        size_t count) {
  enum { lanes = VECTOR_BYTES / sizeof(float) };
  size_t i = 0;
  for (; i + lanes <= count; i += lanes)
    *(NAME(vector) *)(a + i) = *(const NAME(vector) *)(b + i) + factor * *(const NAME(vector) *)(c + i);
  for (; i < count; i++) a[i] = b[i] + factor * c[i];
}

#undef NAME
#undef VECTOR_BYTES
