#include <stdlib.h>
#include <string.h>

#include "include/resampling.h"
#include "include/thread_pool.h"
#include "sampling_kernels.h"

typedef struct {
  const s3n_sampling *sampling;
  const float *grid, *dy;
  float *y, *dgrid;
  s3n_axis rows, columns;  // of a coarse grid
} sample_job;

static const float *image_of(const sample_job *job, size_t image) {
  return job->sampling->image + image * job->sampling->height * job->sampling->width * 3;
}

/// Floats for one task of the calling thread. A few kilobytes: when even these are short, nothing can go on.
static float *room(size_t floats) {
  float *memory = s3n_scratch(0, floats * sizeof(float));
  if (!memory) abort();
  return memory;
}

// MARK: a grid of the output's size

static void split(const float *grid, size_t count, float *x, float *y) {
  for (size_t j = 0; j < count; j++) x[j] = grid[2 * j], y[j] = grid[2 * j + 1];
}

static void sample_grid_row(void *context, size_t task, size_t worker) {
  (void)worker;
  const sample_job *job = context;
  const size_t width = job->sampling->out_width;
  float *x = room(2 * width), *y = x + width;
  split(job->grid + task * width * 2, width, x, y);
  s3n_sampling_kernels()->sample_row(job->sampling, image_of(job, task / job->sampling->out_height), x, y,
                                     job->y + task * width * 3);
}

void s3n_grid_sample(const s3n_sampling *sampling, const float *grid, float *y) {
  sample_job job = {.sampling = sampling, .grid = grid, .y = y};
  s3n_parallel(sampling->images * sampling->out_height, sample_grid_row, &job);
}

static void sample_grid_row_backward(void *context, size_t task, size_t worker) {
  (void)worker;
  const sample_job *job = context;
  const size_t width = job->sampling->out_width;
  float *x = room(4 * width), *y = x + width, *dx = y + width, *dy = dx + width;
  split(job->grid + task * width * 2, width, x, y);
  s3n_sampling_kernels()->sample_row_backward(job->sampling, image_of(job, task / job->sampling->out_height), x, y,
                                              job->dy + task * width * 3, 0, dx, dy);
  float *dgrid = job->dgrid + task * width * 2;
  for (size_t j = 0; j < width; j++) dgrid[2 * j] = dx[j], dgrid[2 * j + 1] = dy[j];
}

void s3n_grid_sample_backward(const s3n_sampling *sampling, const float *grid, const float *dy, float *dgrid) {
  sample_job job = {.sampling = sampling, .grid = grid, .dy = dy, .dgrid = dgrid};
  s3n_parallel(sampling->images * sampling->out_height, sample_grid_row_backward, &job);
}

// MARK: a coarse grid, resized row by row

enum { slack = 16 };  // floats that a stretched line may be written beyond its end

/// Row `row` of the resized grid of `image`, as separate x and y of out_width + slack floats. `source` holds a coarse row.
static void stretched_row(const sample_job *job, size_t image, size_t row, float *source, float *x, float *y) {
  const size_t inputs = job->columns.inputs, lower = (size_t)job->rows.lower[row];
  const float *above = job->grid + (image * job->rows.inputs + lower) * inputs * 2;
  const float *below = lower + 1 < job->rows.inputs ? above + inputs * 2 : above;
  const float down = job->rows.weight[row];
  for (size_t axis = 0; axis < 2; axis++) {
    for (size_t j = 0; j < inputs; j++) {
      float from = above[2 * j + axis], next = below[2 * j + axis];
      source[j] = from + down * (next - from);
    }
    s3n_sampling_kernels()->stretch(source, job->columns, axis == 0 ? x : y);
  }
}

static void resample_row(void *context, size_t task, size_t worker) {
  (void)worker;
  const sample_job *job = context;
  const size_t width = job->sampling->out_width, stretched = width + slack;
  const size_t image = task / job->sampling->out_height, row = task % job->sampling->out_height;
  float *x = room(2 * stretched + job->columns.inputs), *y = x + stretched, *source = y + stretched;
  stretched_row(job, image, row, source, x, y);
  s3n_sampling_kernels()->sample_row(job->sampling, image_of(job, image), x, y, job->y + task * width * 3);
}

void s3n_grid_resample(const s3n_sampling *sampling, const float *coarse, s3n_axis rows, s3n_axis columns, float *y) {
  sample_job job = {.sampling = sampling, .grid = coarse, .y = y, .rows = rows, .columns = columns};
  s3n_parallel(sampling->images * sampling->out_height, resample_row, &job);
}

/// A band is what lies between a row of the coarse grid and the next: only these two rows receive its gradient.
static void resample_band_backward(void *context, size_t task, size_t worker) {
  (void)worker;
  const sample_job *job = context;
  const s3n_sampling_kernel_set *kernels = s3n_sampling_kernels();
  const size_t width = job->sampling->out_width, stretched = width + slack, inputs = job->columns.inputs;
  const size_t image = task / job->rows.inputs, band = task % job->rows.inputs;
  float *x = room(2 * stretched + 6 * width + inputs), *y = x + stretched, *dx = y + stretched, *dy = dx + width;
  float *sums = dy + width, *source = sums + 4 * width;
  memset(sums, 0, 4 * width * sizeof(float));
  for (size_t row = (size_t)job->rows.first[band]; row < (size_t)job->rows.first[band + 1]; row++) {
    stretched_row(job, image, row, source, x, y);
    kernels->sample_row_backward(job->sampling, image_of(job, image), x, y,
                                 job->dy + (image * job->sampling->out_height + row) * width * 3, 1, dx, dy);
    const float down = job->rows.weight[row];
    kernels->add_scaled(dx, 1 - down, sums, 2 * width);
    kernels->add_scaled(dx, down, sums + 2 * width, 2 * width);
  }
  float *partial = job->y + task * 4 * inputs;
  memset(partial, 0, 4 * inputs * sizeof(float));
  for (size_t side = 0; side < 2; side++)
    for (size_t axis = 0; axis < 2; axis++)
      kernels->gather(sums + (2 * side + axis) * width, job->columns, partial + side * 2 * inputs + axis, 2);
}

void s3n_grid_resample_backward(const s3n_sampling *sampling, const float *coarse, s3n_axis rows, s3n_axis columns,
                                const float *dy, float *partial, float *dcoarse) {
  sample_job job = {.sampling = sampling, .grid = coarse, .dy = dy, .y = partial, .rows = rows, .columns = columns};
  const size_t line = columns.inputs * 2, size = rows.inputs * line;
  s3n_parallel(sampling->images * rows.inputs, resample_band_backward, &job);
  for (size_t image = 0; image < sampling->images; image++)
    for (size_t row = 0; row < rows.inputs; row++) {
      const float *band = partial + 2 * (image * size + row * line);
      float *to = dcoarse + image * size + row * line;
      memcpy(to, band, line * sizeof(float));
      if (row > 0) s3n_sampling_kernels()->add_scaled(band - line, 1, to, line);
    }
}
