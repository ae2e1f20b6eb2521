#include <string.h>

#include "include/conv.h"
#include "include/thread_pool.h"
#include "kernels.h"

// Packed weights: panels of nr columns, each (depth, nr), the last one filled with zeros.

size_t s3n_packed_count(size_t depth, size_t outputs) {
  size_t nr = s3n_kernels()->nr;
  return (outputs + nr - 1) / nr * nr * depth;
}

void s3n_pack_forward(size_t depth, size_t outputs, const float *weights, float *packed) {
  size_t nr = s3n_kernels()->nr;
  for (size_t first = 0; first < outputs; first += nr) {
    size_t columns = outputs - first < nr ? outputs - first : nr;
    for (size_t k = 0; k < depth; k++, packed += nr) {
      memcpy(packed, weights + k * outputs + first, columns * sizeof(float));
      for (size_t j = columns; j < nr; j++) packed[j] = 0;
    }
  }
}

typedef struct {
  size_t kernel_h, kernel_w, channels, outputs, stride, first_y, first_x, taps_y, taps_x;
  const float *weights;
  float *packed;
} backward_packing;

static void pack_backward_panel(void *context, size_t panel, size_t worker) {
  (void)worker;
  const backward_packing *job = context;
  size_t nr = s3n_kernels()->nr, first = panel * nr;
  size_t columns = job->channels - first < nr ? job->channels - first : nr;
  float *to = job->packed + first * job->taps_y * job->taps_x * job->outputs;
  for (size_t ty = job->taps_y; ty-- > 0;)
    for (size_t tx = job->taps_x; tx-- > 0;) {
      size_t ky = job->first_y + ty * job->stride, kx = job->first_x + tx * job->stride;
      const float *tap = job->weights + ((ky * job->kernel_w + kx) * job->channels + first) * job->outputs;
      for (size_t o = 0; o < job->outputs; o++, to += nr) {
        for (size_t j = 0; j < columns; j++) to[j] = tap[j * job->outputs + o];
        for (size_t j = columns; j < nr; j++) to[j] = 0;
      }
    }
}

void s3n_pack_backward(size_t kernel_h, size_t kernel_w, size_t channels, size_t outputs, size_t stride, size_t first_y,
                       size_t first_x, const float *weights, float *packed) {
  backward_packing job = {kernel_h, kernel_w, channels, outputs, stride, first_y, first_x, .weights = weights, .packed = packed};
  job.taps_y = first_y < kernel_h ? (kernel_h - first_y + stride - 1) / stride : 0;
  job.taps_x = first_x < kernel_w ? (kernel_w - first_x + stride - 1) / stride : 0;
  size_t nr = s3n_kernels()->nr;
  s3n_parallel((channels + nr - 1) / nr, pack_backward_panel, &job);
}
