// Gathers the source values for a block of positions into rows of consecutive elements.
#pragma once
#include "include/conv.h"

/// A part of the depth dimension that is packed at once: taps first_tap ..< first_tap + taps, channels
/// first_channel ..< first_channel + channels (all channels if there are several taps).
typedef struct {
  size_t first_tap, taps, first_channel, channels;
} s3n_depth_run;

/// Divides the depth dimension into runs of about `wanted` values; returns their number, at most `capacity`.
size_t s3n_depth_runs(const s3n_conv *conv, size_t wanted, s3n_depth_run *runs, size_t capacity);

/// Whether positions and source pixels correspond one to one: a 1x1 convolution of stride 1 without padding.
static inline int s3n_positions_are_pixels(const s3n_conv *conv) {
  return conv->taps_y * conv->taps_x == 1 && conv->step == 1 && conv->offset_y == 0 && conv->offset_x == 0 &&
         conv->grid_height == conv->src_height && conv->grid_width == conv->src_width;
}

/// The number of factors for `depth` values: floats, or pairs of bfloat16, the last one padded with zero.
static inline size_t s3n_factors(s3n_precision precision, size_t depth) {
  return precision == s3n_bf16 ? (depth + 1) / 2 : depth;
}

/// Factors of 4 bytes from one packed row to the next: one cache line extra, so that rows do not evict each other.
static inline size_t s3n_row_distance(size_t depth) { return (depth + 15) / 16 * 16 + 16; }
