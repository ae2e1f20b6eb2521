#include "include/image.h"

#include <string.h>

#pragma STDC FP_CONTRACT OFF  // a fused multiply-add would give other bits on some instruction sets

typedef int32_t int4 __attribute__((vector_size(16)));
typedef uint8_t byte4 __attribute__((vector_size(4)));

enum { fraction_bits = 22, half = 1 << (fraction_bits - 1) };

#define ALWAYS_INLINE static inline __attribute__((always_inline))

// The weights sum to 1 up to rounding, which may carry a bright pixel past 255.
ALWAYS_INLINE uint8_t to_byte(int32_t sum) {
  sum >>= fraction_bits;
  return (uint8_t)(sum < 255 ? sum : 255);
}

ALWAYS_INLINE byte4 to_bytes(int4 sum) {
  sum >>= fraction_bits;
  int4 over = sum > 255;
  return __builtin_convertvector((over & 255) | (~over & sum), byte4);
}

ALWAYS_INLINE void resample_row(const uint8_t *in, size_t width, int32_t *wide, uint8_t *out, size_t columns,
                                const int32_t *starts, const int32_t *counts, const int32_t *weights, size_t taps) {
  // With four numbers per pixel, every tap is one load; the last pixel has no fourth byte to read.
  for (size_t x = 0; x + 1 < width; x++) {
    byte4 pixel;
    memcpy(&pixel, in + 3 * x, 4);
    int4 numbers = __builtin_convertvector(pixel, int4);
    memcpy(wide + 4 * x, &numbers, 16);
  }
  for (size_t c = 0; c < 4; c++) wide[4 * (width - 1) + c] = c < 3 ? in[3 * (width - 1) + c] : 0;

  for (size_t x = 0; x < columns; x++) {
    int4 sum = {half, half, half, half};
    const int32_t *tap = wide + 4 * starts[x];
    for (int32_t k = 0; k < counts[x]; k++, tap += 4) {
      int4 pixel;
      memcpy(&pixel, tap, 16);
      sum += pixel * weights[x * taps + k];
    }
    byte4 bytes = to_bytes(sum);
    memcpy(out + 3 * x, &bytes, 4);
  }
}

ALWAYS_INLINE void blend_rows(const uint8_t *restrict in, size_t stride, const int32_t *weights, size_t count,
                              uint8_t *restrict out, size_t bytes) {
  enum { block = 64 };
  size_t i = 0;
  for (; i + block <= bytes; i += block) {
    int32_t sums[block];
    for (size_t j = 0; j < block; j++) sums[j] = half;
    for (size_t k = 0; k < count; k++)
      for (size_t j = 0; j < block; j++) sums[j] += in[k * stride + i + j] * weights[k];
    for (size_t j = 0; j < block; j++) out[i + j] = to_byte(sums[j]);
  }
  for (; i < bytes; i++) {
    int32_t sum = half;
    for (size_t k = 0; k < count; k++) sum += in[k * stride + i] * weights[k];
    out[i] = to_byte(sum);
  }
}

ALWAYS_INLINE void normalize(const uint8_t *restrict in, size_t pixels, const float *scale, const float *offset,
                             float *restrict out) {
  // 16 pixels at a time: 48 numbers hold whole periods of the channels and whole vectors of every width.
  enum { block = 48 };
  float scales[block], offsets[block];
  for (size_t j = 0; j < block; j++) {
    scales[j] = scale[j % 3];
    offsets[j] = offset[j % 3];
  }
  size_t i = 0, count = 3 * pixels;
  for (; i + block <= count; i += block)
    for (size_t j = 0; j < block; j++) out[i + j] = in[i + j] * scales[j] + offsets[j];
  for (size_t j = 0; i < count; i++, j++) out[i] = in[i] * scales[j] + offsets[j];
}

// One copy of each kernel per instruction set.
#define COPY(name, target)                                                                                             \
  target static void resample_row_##name(const uint8_t *in, size_t width, int32_t *wide, uint8_t *out, size_t columns, \
                                         const int32_t *starts, const int32_t *counts, const int32_t *weights,         \
                                         size_t taps) {                                                                \
    resample_row(in, width, wide, out, columns, starts, counts, weights, taps);                                        \
  }                                                                                                                    \
  target static void blend_rows_##name(const uint8_t *in, size_t stride, const int32_t *weights, size_t count,         \
                                       uint8_t *out, size_t bytes) {                                                   \
    blend_rows(in, stride, weights, count, out, bytes);                                                                \
  }                                                                                                                    \
  target static void normalize_##name(const uint8_t *in, size_t pixels, const float *scale, const float *offset,       \
                                      float *out) {                                                                    \
    normalize(in, pixels, scale, offset, out);                                                                         \
  }

COPY(portable, )
#if defined(__x86_64__)
COPY(avx2, __attribute__((target("avx2"))))
COPY(avx512, __attribute__((target("avx2,avx512f,avx512bw,avx512vl,avx512dq,prefer-256-bit"))))
#define CHOOSE(kernel)                                      \
  (isa == s3n_image_avx512 ? kernel##_avx512                \
   : isa == s3n_image_avx2 ? kernel##_avx2                  \
                           : kernel##_portable)
#else
#define CHOOSE(kernel) ((void)isa, kernel##_portable)
#endif

s3n_image_isa s3n_image_best_isa(void) {
#if defined(__x86_64__)
  if (__builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw") && __builtin_cpu_supports("avx512vl") &&
      __builtin_cpu_supports("avx512dq"))
    return s3n_image_avx512;
  if (__builtin_cpu_supports("avx2")) return s3n_image_avx2;
#endif
  return s3n_image_portable;
}

void s3n_image_resample_row(s3n_image_isa isa, const uint8_t *in, size_t width, int32_t *wide, uint8_t *out,
                            size_t columns, const int32_t *starts, const int32_t *counts, const int32_t *weights,
                            size_t taps) {
  CHOOSE(resample_row)(in, width, wide, out, columns, starts, counts, weights, taps);
}

void s3n_image_blend_rows(s3n_image_isa isa, const uint8_t *in, size_t stride, const int32_t *weights, size_t count,
                          uint8_t *out, size_t bytes) {
  CHOOSE(blend_rows)(in, stride, weights, count, out, bytes);
}

void s3n_image_normalize(s3n_image_isa isa, const uint8_t *in, size_t pixels, const float scale[3],
                         const float offset[3], float *out) {
  CHOOSE(normalize)(in, pixels, scale, offset, out);
}
