#include <string.h>

#include "include/resampling.h"
#include "include/thread_pool.h"
#include "sampling_kernels.h"

typedef struct {
  const s3n_resampling *resampling;
  const float *dy;
  float *y, *partial, *doffsets;
} resample_job;

enum { slack = 16 };  // floats that a stretched line may be written beyond its end

/// A task's rows of the output's width: x, y, their gradients, and sums of the gradients for two rows of cells.
typedef struct { float *x, *y, *dx, *dy, *sums, *cells; } workspace;

static workspace room(const s3n_resampling *resampling) {
  const size_t width = resampling->pixel_columns.outputs, stretched = width + slack;
  float *memory = s3n_scratch(0, (2 * stretched + 6 * width + resampling->cell_columns.inputs) * sizeof(float));
  float *gradients = memory + 2 * stretched;
  return (workspace){memory,    memory + stretched, gradients, gradients + width, gradients + 2 * width,
                     gradients + 6 * width};
}

static const float *image_of(const s3n_resampling *resampling, size_t image) {
  return resampling->image + image * resampling->pixel_rows.inputs * resampling->pixel_columns.inputs * 3;
}

/// Computes the offsets of output row `row`, with x and y separated.
static void stretched_row(const s3n_resampling *resampling, size_t image, size_t row, workspace to) {
  const s3n_axis rows = resampling->cell_rows, columns = resampling->cell_columns;
  const size_t lower = (size_t)rows.lower[row];
  const float *above = resampling->offsets + (image * rows.inputs + lower) * columns.inputs * 2;
  const float *below = lower + 1 < rows.inputs ? above + columns.inputs * 2 : above;
  for (size_t axis = 0; axis < 2; axis++) {
    for (size_t j = 0; j < columns.inputs; j++) {
      float from = above[2 * j + axis], next = below[2 * j + axis];
      to.cells[j] = from + rows.weight[row] * (next - from);
    }
    s3n_sampling_kernels()->stretch(to.cells, columns, axis == 0 ? to.x : to.y);
  }
}

static void resample_one_row(void *context, size_t task) {
  const resample_job *job = context;
  const s3n_resampling *resampling = job->resampling;
  const size_t height = resampling->pixel_rows.outputs, image = task / height, row = task % height;
  workspace space = room(resampling);
  stretched_row(resampling, image, row, space);
  s3n_sampling_kernels()->resample_row(resampling, image_of(resampling, image), row, space.x, space.y,
                                       job->y + task * resampling->pixel_columns.outputs * 3);
}

void s3n_grid_resample(const s3n_resampling *resampling, float *y) {
  resample_job job = {.resampling = resampling, .y = y};
  s3n_parallel(resampling->images * resampling->pixel_rows.outputs, resample_one_row, &job);
}

/// A band lies between a row of cells and the next; only these two rows receive its gradient.
static void resample_band_backward(void *context, size_t task) {
  const resample_job *job = context;
  const s3n_resampling *resampling = job->resampling;
  const s3n_sampling_kernel_set *kernels = s3n_sampling_kernels();
  const s3n_axis rows = resampling->cell_rows, columns = resampling->cell_columns;
  const size_t width = columns.outputs, image = task / rows.inputs, band = task % rows.inputs;
  workspace space = room(resampling);
  memset(space.sums, 0, 4 * width * sizeof(float));
  for (size_t row = (size_t)rows.first[band]; row < (size_t)rows.first[band + 1]; row++) {
    stretched_row(resampling, image, row, space);
    kernels->resample_row_backward(resampling, image_of(resampling, image), row, space.x, space.y,
                                   job->dy + (image * rows.outputs + row) * width * 3, space.dx, space.dy);
    kernels->add_scaled(space.dx, 1 - rows.weight[row], space.sums, 2 * width);
    kernels->add_scaled(space.dx, rows.weight[row], space.sums + 2 * width, 2 * width);
  }
  float *partial = job->partial + task * 4 * columns.inputs;
  memset(partial, 0, 4 * columns.inputs * sizeof(float));
  for (size_t side = 0; side < 2; side++)
    for (size_t axis = 0; axis < 2; axis++)
      kernels->gather(space.sums + (2 * side + axis) * width, columns, partial + side * 2 * columns.inputs + axis, 2);
}

void s3n_grid_resample_backward(const s3n_resampling *resampling, const float *dy, float *partial, float *doffsets) {
  resample_job job = {.resampling = resampling, .dy = dy, .partial = partial, .doffsets = doffsets};
  const size_t rows = resampling->images * resampling->cell_rows.inputs, line = resampling->cell_columns.inputs * 2;
  s3n_parallel(rows, resample_band_backward, &job);
  for (size_t row = 0; row < rows; row++) {
    const float *band = partial + 2 * row * line;
    memcpy(doffsets + row * line, band, line * sizeof(float));
    if (row % resampling->cell_rows.inputs > 0)
      s3n_sampling_kernels()->add_scaled(band - line, 1, doffsets + row * line, line);
  }
}
