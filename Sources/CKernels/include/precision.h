// What features and their gradients are stored as, and what products are of.
#pragma once
#include <stddef.h>

/// bf16 is bfloat16, the upper half of a float. It is made by rounding to nearest, ties to even; a NaN stays one, and what is
/// smaller than 2^-126 becomes zero, as with the CPUs' own instructions. Sums, and whatever is one a channel, are floats.
typedef enum { s3n_fp32 = 0, s3n_bf16 = 1 } s3n_precision;

static inline size_t s3n_element_bytes(s3n_precision precision) { return precision == s3n_bf16 ? 2 : 4; }

/// to = from in another precision.
void s3n_convert(s3n_precision from_precision, const void *from, s3n_precision to_precision, void *to, size_t count);
