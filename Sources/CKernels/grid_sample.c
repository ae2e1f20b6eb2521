#include "include/resampling.h"
#include "include/thread_pool.h"
#include "sampling_kernels.h"

typedef struct {
  const s3n_sampling *sampling;
  const float *grid, *dy;
  float *y, *dgrid;
} sample_job;

static const float *image_of(const sample_job *job, size_t row) {
  const s3n_sampling *sampling = job->sampling;
  return sampling->image + row / sampling->out_height * sampling->height * sampling->width * 3;
}

/// Four rows of floats.
static float *rows_of(const sample_job *job) {
  return s3n_scratch(0, 4 * job->sampling->out_width * sizeof(float));
}

static void split(const float *grid, size_t count, float *x, float *y) {
  for (size_t j = 0; j < count; j++) x[j] = grid[2 * j], y[j] = grid[2 * j + 1];
}

static void sample_grid_row(void *context, size_t row) {
  const sample_job *job = context;
  const size_t width = job->sampling->out_width;
  float *x = rows_of(job), *y = x + width;
  split(job->grid + row * width * 2, width, x, y);
  s3n_sampling_kernels()->sample_row(job->sampling, image_of(job, row), x, y, job->y + row * width * 3);
}

void s3n_grid_sample(const s3n_sampling *sampling, const float *grid, float *y) {
  sample_job job = {.sampling = sampling, .grid = grid, .y = y};
  s3n_parallel(sampling->images * sampling->out_height, sample_grid_row, &job);
}

static void sample_grid_row_backward(void *context, size_t row) {
  const sample_job *job = context;
  const size_t width = job->sampling->out_width;
  float *x = rows_of(job), *y = x + width, *dx = y + width, *dy = dx + width;
  split(job->grid + row * width * 2, width, x, y);
  s3n_sampling_kernels()->sample_row_backward(job->sampling, image_of(job, row), x, y, job->dy + row * width * 3, dx,
                                              dy);
  float *dgrid = job->dgrid + row * width * 2;
  for (size_t j = 0; j < width; j++) dgrid[2 * j] = dx[j], dgrid[2 * j + 1] = dy[j];
}

void s3n_grid_sample_backward(const s3n_sampling *sampling, const float *grid, const float *dy, float *dgrid) {
  sample_job job = {.sampling = sampling, .grid = grid, .dy = dy, .dgrid = dgrid};
  s3n_parallel(sampling->images * sampling->out_height, sample_grid_row_backward, &job);
}
