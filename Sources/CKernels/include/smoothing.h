// Correlation of small maps with large filters, and products of their spectra. In double precision, since the last bits
// may decide whether a grid cell is clamped.
#pragma once
#include <stddef.h>

enum {
  s3n_moments = 3,  // filters that are applied to a map
  s3n_slack = 32,   // numbers that must be readable behind a padded map, and are not used
};

/// The side lengths of a map and of a filter, in cells; a padded map's side is grid + side - 1.
typedef struct { size_t grid, side; } s3n_smoothing;

/// moments[m][r][c] = sum of map[r + i][c + j] * filters[m][i][j]: three filters on a padded map, at grid x grid cells.
void s3n_correlate(s3n_smoothing sizes, const double *map, const double *filters, double *moments);

/// Adds the gradient with respect to the padded map to `dmap`.
void s3n_correlate_backward_map(s3n_smoothing sizes, const double *filters, const double *dmoments, double *dmap);

/// Adds row `row` of the gradient with respect to one filter to the `side` values of `drow`; `dmoment` is (grid, grid).
void s3n_correlate_backward_filter(s3n_smoothing sizes, const double *map, const double *dmoment, size_t row,
                                   double *drow);

/// Rank-1 terms of a filter: the sum over t of down[t][i] * along[t][j]. `_offset` factors are these times the offsets.
typedef struct {
  size_t count;
  const double *down, *down_offset, *along, *along_offset;  // (count, side) each
} s3n_terms;

/// Adds the moments as above to `moments`. `rows` is a map padded to the left and right, (grid, padded) + slack; above
/// and below, the first and last rows are repeated. `room` holds 2 * padded * grid + slack numbers.
void s3n_correlate_terms(s3n_smoothing sizes, s3n_terms terms, const double *rows, double *room, double *moments);

/// Adds the gradient with respect to the rows to `drows`.
void s3n_correlate_terms_backward(s3n_smoothing sizes, s3n_terms terms, const double *dmoments, double *room,
                                  double *drows);

/// to[i] = a[i] * b[i], or a[i] * conjugate(b[i]) if `conjugate`, for `count` complex numbers; accumulates if `add`.
void s3n_multiply_spectra(const double *a, const double *b, double *to, size_t count, int conjugate, int add);
