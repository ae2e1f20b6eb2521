// The precision of stored features and gradients, and of the factors of products.
#pragma once
#include <stddef.h>

/// bf16 is bfloat16, the upper half of a float. Conversion rounds to nearest, ties to even; NaNs are kept, and
/// magnitudes below 2^-126 become zero, as with the CPUs' instructions. Sums and per-channel values are floats.
typedef enum { s3n_fp32 = 0, s3n_bf16 = 1 } s3n_precision;

static inline size_t s3n_element_bytes(s3n_precision precision) { return precision == s3n_bf16 ? 2 : 4; }

/// to = from in another precision.
void s3n_convert(s3n_precision from_precision, const void *from, s3n_precision to_precision, void *to, size_t count);
