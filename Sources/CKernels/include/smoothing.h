// Correlation of small maps with large filters, and products of their spectra.
#pragma once
#include <stddef.h>

enum {
  s3n_moments = 3,  // filters that are applied at once
  s3n_slack = 16,   // floats that must be readable behind the maps, and are not used
};

/// Sizes of a smoothing: `images` maps of grid x grid cells, padded to grid + side - 1, and filters of side x side.
typedef struct { size_t images, grid, side; } s3n_smoothing;

/// out[m][r][c] = sum of map[r + i][c + j] * filter[m][i][j]: the whole filter at every cell.
/// maps (images, padded, padded) + slack, filters (3, side, side), out (images, 3, grid, grid).
void s3n_correlate(s3n_smoothing sizes, const float *maps, const float *filters, float *out);

/// The gradient of the maps (images, padded, padded), overwritten.
void s3n_correlate_backward_maps(s3n_smoothing sizes, const float *filters, const float *dout, float *dmaps);

/// The gradient of the filters (3, side, side), overwritten: the sum over the images, in their order.
void s3n_correlate_backward_filters(s3n_smoothing sizes, const float *maps, const float *dout, float *dfilters);

/// Rank-1 terms of a filter: its sum over t of down[t][i] * along[t][j], and the same times the offsets of i and j.
typedef struct {
  size_t count;
  const float *down, *down_offset;    // (count, side)
  const float *along, *along_offset;  // (count, side)
} s3n_terms;

/// out (3, grid, grid) = the correlation of one map with the filter, with its filter times j's offset, and times i's.
/// rows (grid, padded) + slack: the map padded to the left and right; `room` holds
/// 2 * padded * grid + slack floats. Rows above and below repeat the first and the last.
void s3n_correlate_terms(s3n_smoothing sizes, s3n_terms terms, const float *rows, float *room, float *out);

/// The gradient of `rows`, overwritten.
void s3n_correlate_terms_backward(s3n_smoothing sizes, s3n_terms terms, const float *dout, float *room, float *drows);

/// to[i] = a[i] * b[i], or with `conjugate` a[i] * conjugate(b[i]), for `count` complex numbers; `add` adds to `to`.
void s3n_multiply_spectra(const float *a, const float *b, float *to, size_t count, int conjugate, int add);
