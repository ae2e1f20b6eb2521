// Correlation of small maps with large filters, and products of their spectra.
// In double precision: whether a cell of the grid is clamped may hang on its last bits.
#pragma once
#include <stddef.h>

enum {
  s3n_moments = 3,  // filters that are applied to a map
  s3n_slack = 32,   // numbers that must be readable behind a padded map, and are not used
};

/// Cells of a map and of a filter along one side; a padded map has grid + side - 1.
typedef struct { size_t grid, side; } s3n_smoothing;

/// moments[m][r][c] = sum of map[r + i][c + j] * filters[m][i][j]: three filters at every cell of a padded map.
void s3n_correlate(s3n_smoothing sizes, const double *map, const double *filters, double *moments);

/// The gradient of the padded map for that of the moments, added to `dmap`.
void s3n_correlate_backward_map(s3n_smoothing sizes, const double *filters, const double *dmoments, double *dmap);

/// Row `row` of the gradient of one filter, for that of its moments (grid, grid), added to the `side` values of `drow`.
void s3n_correlate_backward_filter(s3n_smoothing sizes, const double *map, const double *dmoment, size_t row,
                                   double *drow);

/// Rank-1 terms of a filter: it is the sum over t of down[t][i] * along[t][j]. The others are these times the offsets.
typedef struct {
  size_t count;
  const double *down, *down_offset, *along, *along_offset;  // (count, side) each
} s3n_terms;

/// The moments as above, added to `moments`, from the rows (grid, padded) + slack of a map that is padded to the left
/// and right; rows above and below repeat the first and the last. `room` holds 2 * padded * grid + slack numbers.
void s3n_correlate_terms(s3n_smoothing sizes, s3n_terms terms, const double *rows, double *room, double *moments);

/// The gradient of the rows, added to `drows`.
void s3n_correlate_terms_backward(s3n_smoothing sizes, s3n_terms terms, const double *dmoments, double *room,
                                  double *drows);

/// to[i] = a[i] * b[i], or with `conjugate` a[i] * conjugate(b[i]), for `count` complex numbers; `add` adds to `to`.
void s3n_multiply_spectra(const double *a, const double *b, double *to, size_t count, int conjugate, int add);
