// The element type of this set: a float or, if BF16 is defined, a bfloat16. Arithmetic is in vectors of floats.
// Products take one `factor` from each side: a float, or a pair of bfloat16, the lower half first in memory. BF16 is
// DOTS if the instruction set multiplies pairs itself, WIDENED if they are split: first the upper half of a pair, then
// the lower, each fused, as the instruction does it, so that the bits are the same.
#include "bf16.h"

#define DOTS 1
#define WIDENED 2

#define INLINE static inline __attribute__((always_inline))

typedef float vector __attribute__((vector_size(VECTOR_BYTES)));
typedef float unaligned_vector __attribute__((vector_size(VECTOR_BYTES), aligned(4)));
typedef int vector_mask __attribute__((vector_size(VECTOR_BYTES)));
enum { lanes = VECTOR_BYTES / sizeof(float), nr = NV * lanes };

#ifndef BF16

typedef float element;
typedef float factor;
typedef vector factors, operand;
enum { parts = 1 };

INLINE vector load(const element *from) { return *(const unaligned_vector *)from; }
INLINE void store(element *to, vector value) { *(unaligned_vector *)to = value; }
INLINE vector as_stored(vector value) { return value; }
INLINE float value_of(element stored) { return stored; }
INLINE element stored(float value) { return value; }

INLINE operand part_of(factors x, size_t part) { return (void)part, x; }
INLINE vector multiply_add(vector sum, operand a, operand b) { return sum + a * b; }

#else

typedef uint16_t element;
typedef uint32_t factor __attribute__((may_alias));
typedef uint32_t factors __attribute__((vector_size(VECTOR_BYTES)));
typedef uint16_t halves __attribute__((vector_size(VECTOR_BYTES / 2), aligned(2)));

INLINE factors widened(const element *from) { return __builtin_convertvector(*(const halves *)from, factors); }

/// Each value rounded to bfloat16, in the upper half of its bits.
INLINE factors rounded(vector value) {
  const factors bits = (factors)value, one = (factors){} + 1;
  const factors number = bits + 0x7fff + (bits >> 16 & one);
  const factors is_tiny = (factors)((bits & 0x7f800000) == 0), is_nan = (factors)(value != value);
  const factors of_number = (number & ~is_tiny) | (bits & is_tiny & 0x80000000);
  return ((of_number & ~is_nan) | ((bits | 0x400000) & is_nan)) & 0xffff0000;
}

INLINE vector load(const element *from) { return (vector)(widened(from) << 16); }
INLINE float value_of(element stored) { return s3n_from_bf16(stored); }
INLINE element stored(float value) { return s3n_to_bf16(value); }

#if BF16 == DOTS

typedef factors operand;
enum { parts = 1 };

INLINE void store(element *to, vector value) {
  const __m256bh stored = _mm512_cvtneps_pbh((__m512)value);
  memcpy(to, &stored, sizeof stored);
}
INLINE vector as_stored(vector value) { return (vector)_mm512_cvtpbh_ps(_mm512_cvtneps_pbh((__m512)value)); }

INLINE operand part_of(factors x, size_t part) { return (void)part, x; }
INLINE vector multiply_add(vector sum, operand a, operand b) {
  return (vector)_mm512_dpbf16_ps((__m512)sum, (__m512bh)a, (__m512bh)b);
}

#else

typedef vector operand;
enum { parts = 2 };

INLINE void store(element *to, vector value) { *(halves *)to = __builtin_convertvector(rounded(value) >> 16, halves); }
INLINE vector as_stored(vector value) { return (vector)rounded(value); }

INLINE operand part_of(factors x, size_t part) { return (vector)(part == 0 ? x & 0xffff0000 : x << 16); }
INLINE vector multiply_add(vector sum, operand a, operand b) { return sum + a * b; }

#endif
#endif
