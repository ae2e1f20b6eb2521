#include <string.h>

#include "include/thread_pool.h"
#include "include/winograd.h"
#include "kernels.h"

// Transformed weights: panels of nr outputs, each (point, channel, nr); floats in every precision.

int s3n_winograd_applies(size_t taps, size_t step, size_t padding, size_t channels, size_t outputs) {
  return taps == 3 && ((step == 1 && padding <= 2) || (step == 2 && padding == 1)) && channels % s3n_columns_unit == 0 &&
         outputs % s3n_columns_unit == 0;
}

size_t s3n_winograd_weights_count(size_t channels, size_t outputs) { return winograd_weights_points * channels * outputs; }

typedef struct {
  const s3n_kernel_set *kernels;
  s3n_winograd_scheme scheme;
  size_t channels, outputs;
  const float *weights;
  float *packed;
} pack_job;

// Rows of a panel per task.
enum { rows_in_task = 64 };

static size_t tasks_in_panel(size_t rows) { return (rows + rows_in_task - 1) / rows_in_task; }

static void pack_forward_part(void *context, size_t task) {
  const pack_job *job = context;
  const size_t parts = tasks_in_panel(job->channels), panel = task / parts, first = task % parts * rows_in_task;
  const size_t end = first + rows_in_task < job->channels ? first + rows_in_task : job->channels;
  const s3n_kernel_set *kernels = job->kernels;
  const size_t nr = kernels->nr;
  float *to = job->packed + panel * winograd_weights_points * job->channels * nr;
  for (size_t c = first; c < end; c++)
    kernels->winograd[job->scheme].weights(job->weights + c * job->outputs + panel * nr, job->channels * job->outputs, to + c * nr,
                              job->channels * nr);
}

void s3n_winograd_pack_forward(s3n_precision precision, size_t step, size_t channels, size_t outputs,
                               const float *weights, float *packed) {
  pack_job job = {s3n_kernels(precision), step == 2 ? winograd_strided : winograd_unit, channels, outputs, weights, packed};
  s3n_parallel(outputs / job.kernels->nr * tasks_in_panel(channels), pack_forward_part, &job);
}

/// Here the panel's columns are input channels, and the taps are rotated by 180 degrees.
static void pack_backward_part(void *context, size_t task) {
  const pack_job *job = context;
  const size_t parts = tasks_in_panel(job->outputs), panel = task / parts, first = task % parts * rows_in_task;
  const size_t end = first + rows_in_task < job->outputs ? first + rows_in_task : job->outputs;
  const s3n_kernel_set *kernels = job->kernels;
  const size_t nr = kernels->nr;
  float *to = job->packed + panel * winograd_weights_points * job->outputs * nr;
  float *turned = s3n_scratch(0, 9 * nr * sizeof(float));
  for (size_t o = first; o < end; o++) {
    for (size_t tap = 0; tap < 9; tap++)
      for (size_t j = 0; j < nr; j++)
        turned[tap * nr + j] = job->weights[((8 - tap) * job->channels + panel * nr + j) * job->outputs + o];
    kernels->winograd[job->scheme].weights(turned, nr, to + o * nr, job->outputs * nr);
  }
}

void s3n_winograd_pack_backward(s3n_precision precision, size_t step, size_t channels, size_t outputs,
                                const float *weights, float *packed) {
  pack_job job = {s3n_kernels(precision), step == 2 ? winograd_phased : winograd_unit, channels, outputs, weights, packed};
  s3n_parallel(channels / job.kernels->nr * tasks_in_panel(outputs), pack_backward_part, &job);
}
