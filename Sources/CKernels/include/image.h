// Converts 8-bit images to floats: antialiased resampling and normalisation.
#pragma once
#include <stddef.h>
#include <stdint.h>

/// Instruction sets with image kernels; all give the same bits.
typedef enum { s3n_image_portable, s3n_image_avx2, s3n_image_avx512 } s3n_image_isa;

/// The best instruction set of this machine.
s3n_image_isa s3n_image_best_isa(void);

/// Weighted sums along a row of RGB pixels: output pixel x is the sum over k < counts[x] of pixel starts[x] + k times
/// weights[x * taps + k]. Weights are non-negative, with 22 fraction bits. `wide` is scratch for 4 * width numbers;
/// `out` has room for one byte more than `columns` pixels.
void s3n_image_resample_row(s3n_image_isa isa, const uint8_t *in, size_t width, int32_t *wide, uint8_t *out,
                            size_t columns, const int32_t *starts, const int32_t *counts, const int32_t *weights,
                            size_t taps);

/// The weighted sum of `count` rows of `bytes` values, `stride` apart.
void s3n_image_blend_rows(s3n_image_isa isa, const uint8_t *in, size_t stride, const int32_t *weights, size_t count,
                          uint8_t *out, size_t bytes);

/// RGB bytes to floats: value * scale[channel] + offset[channel], rounded after each step.
void s3n_image_normalize(s3n_image_isa isa, const uint8_t *in, size_t pixels, const float scale[3],
                         const float offset[3], float *out);
