#include "include/smoothing.h"

#include <string.h>

#include "include/thread_pool.h"
#include "sampling_kernels.h"

typedef struct {
  s3n_smoothing sizes;
  size_t padded;
  const float *maps, *filters, *dout;
  float *to;
} correlation;

static void correlate_row(void *context, size_t task, size_t worker) {
  (void)worker;
  const correlation *job = context;
  const size_t grid = job->sizes.grid, side = job->sizes.side, image = task / grid, row = task % grid;
  for (size_t m = 0; m < s3n_moments; m++) {
    float *to = job->to + ((image * s3n_moments + m) * grid + row) * grid;
    memset(to, 0, grid * sizeof(float));
    for (size_t i = 0; i < side; i++)
      s3n_sampling_kernels()->add_weighted(job->maps + (image * job->padded + row + i) * job->padded, 1,
                                           job->filters + (m * side + i) * side, side, to, grid);
  }
}

void s3n_correlate(s3n_smoothing sizes, const float *maps, const float *filters, float *out) {
  correlation job = {.sizes = sizes, .padded = sizes.grid + sizes.side - 1, .maps = maps, .filters = filters, .to = out};
  s3n_parallel(sizes.images * sizes.grid, correlate_row, &job);
}

static void spread_to_map(void *context, size_t image, size_t worker) {
  (void)worker;
  const correlation *job = context;
  const size_t grid = job->sizes.grid, side = job->sizes.side;
  float *dmap = job->to + image * job->padded * job->padded;
  memset(dmap, 0, job->padded * job->padded * sizeof(float));
  for (size_t m = 0; m < s3n_moments; m++)
    for (size_t row = 0; row < grid; row++) {
      const float *from = job->dout + ((image * s3n_moments + m) * grid + row) * grid;
      for (size_t i = 0; i < side; i++)
        for (size_t j = 0; j < side; j++)
          s3n_sampling_kernels()->add_scaled(from, job->filters[(m * side + i) * side + j],
                                             dmap + (row + i) * job->padded + j, grid);
    }
}

void s3n_correlate_backward_maps(s3n_smoothing sizes, const float *filters, const float *dout, float *dmaps) {
  correlation job = {.sizes = sizes, .padded = sizes.grid + sizes.side - 1, .filters = filters, .dout = dout,
                     .to = dmaps};
  s3n_parallel(sizes.images, spread_to_map, &job);
}

static void correlate_to_filter_row(void *context, size_t task, size_t worker) {
  (void)worker;
  const correlation *job = context;
  const size_t grid = job->sizes.grid, side = job->sizes.side, m = task / side, i = task % side;
  float *to = job->to + task * side;
  memset(to, 0, side * sizeof(float));
  for (size_t image = 0; image < job->sizes.images; image++)
    for (size_t row = 0; row < grid; row++)
      s3n_sampling_kernels()->add_weighted(job->maps + (image * job->padded + row + i) * job->padded, 1,
                                           job->dout + ((image * s3n_moments + m) * grid + row) * grid, grid, to, side);
}

void s3n_correlate_backward_filters(s3n_smoothing sizes, const float *maps, const float *dout, float *dfilters) {
  correlation job = {.sizes = sizes, .padded = sizes.grid + sizes.side - 1, .maps = maps, .dout = dout,
                     .to = dfilters};
  s3n_parallel(s3n_moments * sizes.side, correlate_to_filter_row, &job);
}

// MARK: term by term

void s3n_correlate_terms(s3n_smoothing sizes, s3n_terms terms, const float *rows, float *room, float *out) {
  const s3n_sampling_kernel_set *kernels = s3n_sampling_kernels();
  const size_t grid = sizes.grid, side = sizes.side, padded = grid + side - 1, padding = (side - 1) / 2;
  float *plain = room, *offset = room + padded * grid;  // sums along the rows, (padded, grid)
  memset(out, 0, s3n_moments * grid * grid * sizeof(float));
  for (size_t t = 0; t < terms.count; t++) {
    memset(room, 0, 2 * padded * grid * sizeof(float));
    for (size_t row = 0; row < grid; row++) {
      float *to[2] = {plain + (padding + row) * grid, offset + (padding + row) * grid};
      kernels->add_weighted(rows + row * padded, 1, terms.along + t * side, side, to[0], grid);
      kernels->add_weighted(rows + row * padded, 1, terms.along_offset + t * side, side, to[1], grid);
    }
    for (size_t row = 0; row < padding; row++)
      for (float *sums = plain; sums <= offset; sums += padded * grid) {
        memcpy(sums + row * grid, sums + padding * grid, grid * sizeof(float));
        memcpy(sums + (padding + grid + row) * grid, sums + (padding + grid - 1) * grid, grid * sizeof(float));
      }
    for (size_t row = 0; row < grid; row++) {
      const float *down = terms.down + t * side, *down_offset = terms.down_offset + t * side;
      kernels->add_weighted(plain + row * grid, grid, down, side, out + row * grid, grid);
      kernels->add_weighted(offset + row * grid, grid, down, side, out + (grid + row) * grid, grid);
      kernels->add_weighted(plain + row * grid, grid, down_offset, side, out + (2 * grid + row) * grid, grid);
    }
  }
}

void s3n_correlate_terms_backward(s3n_smoothing sizes, s3n_terms terms, const float *dout, float *room, float *drows) {
  const s3n_sampling_kernel_set *kernels = s3n_sampling_kernels();
  const size_t grid = sizes.grid, side = sizes.side, padded = grid + side - 1, padding = (side - 1) / 2;
  float *plain = room, *offset = room + padded * grid;
  memset(drows, 0, grid * padded * sizeof(float));
  for (size_t t = 0; t < terms.count; t++) {
    memset(room, 0, 2 * padded * grid * sizeof(float));
    for (size_t row = 0; row < grid; row++)
      for (size_t i = 0; i < side; i++) {
        // A row above or below the map is its first or its last.
        const size_t at = row + i < padding ? padding : row + i < padding + grid ? row + i : padding + grid - 1;
        const float down = terms.down[t * side + i], down_offset = terms.down_offset[t * side + i];
        kernels->add_scaled(dout + row * grid, down, plain + at * grid, grid);
        kernels->add_scaled(dout + (grid + row) * grid, down, offset + at * grid, grid);
        kernels->add_scaled(dout + (2 * grid + row) * grid, down_offset, plain + at * grid, grid);
      }
    for (size_t row = 0; row < grid; row++)
      for (size_t j = 0; j < side; j++) {
        const float *from[2] = {plain + (padding + row) * grid, offset + (padding + row) * grid};
        kernels->add_scaled(from[0], terms.along[t * side + j], drows + row * padded + j, grid);
        kernels->add_scaled(from[1], terms.along_offset[t * side + j], drows + row * padded + j, grid);
      }
  }
}

void s3n_multiply_spectra(const float *a, const float *b, float *to, size_t count, int conjugate, int add) {
  s3n_sampling_kernels()->multiply(a, b, to, count, conjugate, add);
}
