#include <string.h>

#include "include/resampling.h"
#include "include/thread_pool.h"
#include "sampling_kernels.h"

typedef struct {
  const float *from;
  float *to;
  size_t images, channels;
  s3n_axis rows, columns;
} resize_job;

/// The next input of an axis; the last one is its own successor.
static size_t next_of(s3n_axis axis, size_t lower) { return lower + 1 < axis.inputs ? lower + 1 : lower; }

static void resize_row(void *context, size_t task) {
  const resize_job *job = context;
  const size_t image = task / job->rows.outputs, row = task % job->rows.outputs;
  const size_t line = job->columns.inputs * job->channels;
  const size_t lower = (size_t)job->rows.lower[row];
  const float *above = job->from + (image * job->rows.inputs + lower) * line;
  const float *below = job->from + (image * job->rows.inputs + next_of(job->rows, lower)) * line;
  float *to = job->to + task * job->columns.outputs * job->channels;
  const s3n_sampling_kernel_set *kernels = s3n_sampling_kernels();
  for (size_t j = 0; j < job->columns.outputs; j++, to += job->channels) {
    const size_t left = (size_t)job->columns.lower[j] * job->channels;
    const size_t right = next_of(job->columns, (size_t)job->columns.lower[j]) * job->channels;
    const float *const corner[4] = {above + left, above + right, below + left, below + right};
    kernels->blend_four(corner, job->rows.weight[row], job->columns.weight[j], to, job->channels);
  }
}

void s3n_resize(const float *x, size_t images, size_t channels, s3n_axis rows, s3n_axis columns, float *y) {
  resize_job job = {x, y, images, channels, rows, columns};
  s3n_parallel(images * rows.outputs, resize_row, &job);
}

/// Adds the outputs of one image to the inputs that they came from, in row-major order.
static void spread_image(void *context, size_t image) {
  const resize_job *job = context;
  const size_t line = job->columns.inputs * job->channels;
  const float *from = job->from + image * job->rows.outputs * job->columns.outputs * job->channels;
  float *to = job->to + image * job->rows.inputs * line;
  const s3n_sampling_kernel_set *kernels = s3n_sampling_kernels();
  memset(to, 0, job->rows.inputs * line * sizeof(float));
  for (size_t row = 0; row < job->rows.outputs; row++) {
    const size_t lower = (size_t)job->rows.lower[row];
    float *above = to + lower * line, *below = to + next_of(job->rows, lower) * line;
    const float down = job->rows.weight[row];
    for (size_t j = 0; j < job->columns.outputs; j++, from += job->channels) {
      const size_t left = (size_t)job->columns.lower[j] * job->channels;
      const size_t right = next_of(job->columns, (size_t)job->columns.lower[j]) * job->channels;
      const float along = job->columns.weight[j];
      kernels->add_scaled(from, (1 - down) * (1 - along), above + left, job->channels);
      kernels->add_scaled(from, (1 - down) * along, above + right, job->channels);
      kernels->add_scaled(from, down * (1 - along), below + left, job->channels);
      kernels->add_scaled(from, down * along, below + right, job->channels);
    }
  }
}

void s3n_resize_backward(const float *dy, size_t images, size_t channels, s3n_axis rows, s3n_axis columns, float *dx) {
  resize_job job = {dy, dx, images, channels, rows, columns};
  s3n_parallel(images, spread_image, &job);
}
