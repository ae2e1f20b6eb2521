#include "include/smoothing.h"

#include <string.h>

#include "sampling_kernels.h"

static size_t padded_side(s3n_smoothing sizes) { return sizes.grid + sizes.side - 1; }

void s3n_correlate(s3n_smoothing sizes, const double *map, const double *filters, double *moments) {
  const size_t grid = sizes.grid, side = sizes.side, padded = padded_side(sizes);
  memset(moments, 0, s3n_moments * grid * grid * sizeof(double));
  for (size_t m = 0; m < s3n_moments; m++)
    for (size_t row = 0; row < grid; row++)
      for (size_t i = 0; i < side; i++)
        s3n_sampling_kernels()->add_weighted(map + (row + i) * padded, 1, filters + (m * side + i) * side, side,
                                             moments + (m * grid + row) * grid, grid);
}

void s3n_correlate_backward_map(s3n_smoothing sizes, const double *filters, const double *dmoments, double *dmap) {
  const size_t grid = sizes.grid, side = sizes.side, padded = padded_side(sizes);
  for (size_t m = 0; m < s3n_moments; m++)
    for (size_t row = 0; row < grid; row++)
      for (size_t i = 0; i < side; i++)
        for (size_t j = 0; j < side; j++)
          s3n_sampling_kernels()->add_multiple(dmoments + (m * grid + row) * grid, filters[(m * side + i) * side + j],
                                               dmap + (row + i) * padded + j, grid);
}

void s3n_correlate_backward_filter(s3n_smoothing sizes, const double *map, const double *dmoment, size_t row,
                                   double *drow) {
  const size_t grid = sizes.grid, padded = padded_side(sizes);
  for (size_t i = 0; i < grid; i++)
    s3n_sampling_kernels()->add_weighted(map + (row + i) * padded, 1, dmoment + i * grid, grid, drow, sizes.side);
}

// MARK: term by term

void s3n_correlate_terms(s3n_smoothing sizes, s3n_terms terms, const double *rows, double *room, double *moments) {
  const s3n_sampling_kernel_set *kernels = s3n_sampling_kernels();
  const size_t grid = sizes.grid, side = sizes.side, padded = padded_side(sizes), padding = (side - 1) / 2;
  double *plain = room, *offset = room + padded * grid;  // sums along the rows, (padded, grid)
  for (size_t t = 0; t < terms.count; t++) {
    memset(room, 0, 2 * padded * grid * sizeof(double));
    for (size_t row = 0; row < grid; row++) {
      const size_t at = (padding + row) * grid;
      kernels->add_weighted(rows + row * padded, 1, terms.along + t * side, side, plain + at, grid);
      kernels->add_weighted(rows + row * padded, 1, terms.along_offset + t * side, side, offset + at, grid);
    }
    for (size_t row = 0; row < padding; row++)
      for (double *sums = plain; sums <= offset; sums += padded * grid) {
        memcpy(sums + row * grid, sums + padding * grid, grid * sizeof(double));
        memcpy(sums + (padding + grid + row) * grid, sums + (padding + grid - 1) * grid, grid * sizeof(double));
      }
    for (size_t row = 0; row < grid; row++) {
      const double *down = terms.down + t * side, *down_offset = terms.down_offset + t * side;
      kernels->add_weighted(plain + row * grid, grid, down, side, moments + row * grid, grid);
      kernels->add_weighted(offset + row * grid, grid, down, side, moments + (grid + row) * grid, grid);
      kernels->add_weighted(plain + row * grid, grid, down_offset, side, moments + (2 * grid + row) * grid, grid);
    }
  }
}

void s3n_correlate_terms_backward(s3n_smoothing sizes, s3n_terms terms, const double *dmoments, double *room,
                                  double *drows) {
  const s3n_sampling_kernel_set *kernels = s3n_sampling_kernels();
  const size_t grid = sizes.grid, side = sizes.side, padded = padded_side(sizes), padding = (side - 1) / 2;
  double *plain = room, *offset = room + padded * grid;
  for (size_t t = 0; t < terms.count; t++) {
    memset(room, 0, 2 * padded * grid * sizeof(double));
    for (size_t row = 0; row < grid; row++)
      for (size_t i = 0; i < side; i++) {
        // Rows above or below the map repeat its first or last row.
        const size_t at = row + i < padding ? padding : row + i < padding + grid ? row + i : padding + grid - 1;
        const double down = terms.down[t * side + i], down_offset = terms.down_offset[t * side + i];
        kernels->add_multiple(dmoments + row * grid, down, plain + at * grid, grid);
        kernels->add_multiple(dmoments + (grid + row) * grid, down, offset + at * grid, grid);
        kernels->add_multiple(dmoments + (2 * grid + row) * grid, down_offset, plain + at * grid, grid);
      }
    for (size_t row = 0; row < grid; row++)
      for (size_t j = 0; j < side; j++) {
        const size_t at = (padding + row) * grid;
        kernels->add_multiple(plain + at, terms.along[t * side + j], drows + row * padded + j, grid);
        kernels->add_multiple(offset + at, terms.along_offset[t * side + j], drows + row * padded + j, grid);
      }
  }
}

void s3n_multiply_spectra(const double *a, const double *b, double *to, size_t count, int conjugate, int add) {
  s3n_sampling_kernels()->multiply(a, b, to, count, conjugate, add);
}
