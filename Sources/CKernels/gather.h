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

/// Distance between packed rows in floats: no multiple of the cache's set size, so that rows do not evict each other.
static inline size_t s3n_row_distance(size_t depth) { return (depth + 15) / 16 * 16 + 16; }
