// Copies the source values that a block of positions needs into rows of consecutive floats.
#pragma once
#include "include/conv.h"

/// A run of the depth dimension that is packed at once: taps first_tap ..< first_tap + taps, channels
/// first_channel ..< first_channel + channels (all channels when there are several taps).
typedef struct {
  size_t first_tap, taps, first_channel, channels;
} s3n_depth_run;

/// The depth dimension in runs of about `wanted` values; returns their number, at most `capacity`.
size_t s3n_depth_runs(const s3n_conv *conv, size_t wanted, s3n_depth_run *runs, size_t capacity);

/// Whether positions are source pixels one for one: a 1x1 convolution of stride 1 without padding.
static inline int s3n_positions_are_pixels(const s3n_conv *conv) {
  return conv->taps_y * conv->taps_x == 1 && conv->step == 1 && conv->offset_y == 0 && conv->offset_x == 0 &&
         conv->grid_height == conv->src_height && conv->grid_width == conv->src_width;
}

/// The factors that `depth` values make: floats, or pairs of bfloat16, the last one completed with zero.
static inline size_t s3n_factors(s3n_precision precision, size_t depth) {
  return precision == s3n_bf16 ? (depth + 1) / 2 : depth;
}

/// Distance between packed rows in factors of 4 bytes: no multiple of the cache's set size, so that rows do not evict each other.
static inline size_t s3n_row_distance(size_t depth) { return (depth + 15) / 16 * 16 + 16; }
