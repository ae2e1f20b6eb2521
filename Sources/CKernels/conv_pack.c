#include <string.h>

#include "bf16.h"
#include "include/conv.h"
#include "include/thread_pool.h"
#include "kernels.h"

// Packed weights: zero-padded panels of nr columns, each (depth, nr) or, for bf16, (pairs of the depth, nr).

size_t s3n_packed_count(s3n_precision precision, size_t depth, size_t outputs) {
  size_t nr = s3n_kernels(precision)->nr;
  return (outputs + nr - 1) / nr * nr * s3n_factors(precision, depth);
}

/// Packs a row of a panel from `columns` weights that are `step` floats apart; for bf16, pairs of `lower` and `upper`,
/// which is NULL after an odd depth.
static void pack_row(s3n_precision precision, const float *lower, const float *upper, size_t step, size_t columns,
                     size_t nr, float *to) {
  if (precision == s3n_bf16) {
    uint32_t pairs[64];
    for (size_t j = 0; j < columns; j++)
      pairs[j] = s3n_to_bf16(lower[j * step]) | (upper ? (uint32_t)s3n_to_bf16(upper[j * step]) << 16 : 0);
    memcpy(to, pairs, columns * sizeof *pairs);
  } else if (step == 1) {
    memcpy(to, lower, columns * sizeof(float));
  } else {
    for (size_t j = 0; j < columns; j++) to[j] = lower[j * step];
  }
  for (size_t j = columns; j < nr; j++) to[j] = 0;
}

// Rows of a panel per task: whole pairs.
enum { rows_in_task = 512 };

static size_t tasks_in_panel(size_t depth) { return depth ? (depth + rows_in_task - 1) / rows_in_task : 0; }

typedef struct {
  s3n_precision precision;
  size_t depth, outputs;
  const float *weights;
  float *packed;
} forward_packing;

static void pack_forward_part(void *context, size_t task) {
  const forward_packing *job = context;
  const size_t parts = tasks_in_panel(job->depth), first_row = task % parts * rows_in_task;
  const size_t end_row = first_row + rows_in_task < job->depth ? first_row + rows_in_task : job->depth;
  const size_t nr = s3n_kernels(job->precision)->nr, first = task / parts * nr, outputs = job->outputs;
  const size_t columns = outputs - first < nr ? outputs - first : nr, values = job->precision == s3n_bf16 ? 2 : 1;
  float *to = job->packed + first * s3n_factors(job->precision, job->depth) + first_row / values * nr;
  for (size_t k = first_row; k < end_row; k += values, to += nr) {
    const float *row = job->weights + k * outputs + first;
    pack_row(job->precision, row, k + 1 < job->depth ? row + outputs : NULL, 1, columns, nr, to);
  }
}

void s3n_pack_forward(s3n_precision precision, size_t depth, size_t outputs, const float *weights, float *packed) {
  forward_packing job = {precision, depth, outputs, weights, packed};
  size_t nr = s3n_kernels(precision)->nr;
  s3n_parallel((outputs + nr - 1) / nr * tasks_in_panel(depth), pack_forward_part, &job);
}

typedef struct {
  s3n_precision precision;
  size_t kernel_h, kernel_w, channels, outputs, stride, first_y, first_x, taps_y, taps_x;
  const float *weights;
  float *packed;
} backward_packing;

/// The weights of the panel's first input channel at a depth: taps in reverse order, outputs within each.
static const float *weights_at(const backward_packing *job, size_t depth, size_t first) {
  const size_t o = depth % job->outputs, tap = job->taps_y * job->taps_x - 1 - depth / job->outputs;
  const size_t ky = job->first_y + tap / job->taps_x * job->stride, kx = job->first_x + tap % job->taps_x * job->stride;
  return job->weights + ((ky * job->kernel_w + kx) * job->channels + first) * job->outputs + o;
}

static void pack_backward_part(void *context, size_t task) {
  const backward_packing *job = context;
  const size_t depth = job->taps_y * job->taps_x * job->outputs, parts = tasks_in_panel(depth);
  const size_t first_row = task % parts * rows_in_task;
  const size_t end_row = first_row + rows_in_task < depth ? first_row + rows_in_task : depth;
  const size_t nr = s3n_kernels(job->precision)->nr, values = job->precision == s3n_bf16 ? 2 : 1;
  const size_t first = task / parts * nr, columns = job->channels - first < nr ? job->channels - first : nr;
  float *to = job->packed + first * s3n_factors(job->precision, depth) + first_row / values * nr;
  for (size_t k = first_row; k < end_row; k += values, to += nr)
    pack_row(job->precision, weights_at(job, k, first), k + 1 < depth ? weights_at(job, k + 1, first) : NULL,
             job->outputs, columns, nr, to);
}

void s3n_pack_backward(s3n_precision precision, size_t kernel_h, size_t kernel_w, size_t channels, size_t outputs,
                       size_t stride, size_t first_y, size_t first_x, const float *weights, float *packed) {
  backward_packing job = {precision, kernel_h, kernel_w, channels, outputs, stride, first_y, first_x, .weights = weights, .packed = packed};
  job.taps_y = first_y < kernel_h ? (kernel_h - first_y + stride - 1) / stride : 0;
  job.taps_x = first_x < kernel_w ? (kernel_w - first_x + stride - 1) / stride : 0;
  size_t nr = s3n_kernels(precision)->nr;
  const size_t parts = tasks_in_panel(job.taps_y * job.taps_x * outputs);
  s3n_parallel((channels + nr - 1) / nr * parts, pack_backward_part, &job);
}
