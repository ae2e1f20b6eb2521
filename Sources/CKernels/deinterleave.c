#include "include/conv.h"
#include "include/thread_pool.h"

typedef struct {
  const float *blocks;
  size_t height, width, channels, stride;
  float *dx;
} rows_job;

static void deinterleave_row(void *context, size_t task, size_t worker) {
  (void)worker;
  const rows_job *job = context;
  const size_t image = task / job->height, y = task % job->height, stride = job->stride;
  const size_t blocks_y = (job->height + stride - 1) / stride, blocks_x = (job->width + stride - 1) / stride;
  const size_t run = stride * job->channels, row_floats = job->width * job->channels;
  const float *from = job->blocks + ((image * blocks_y + y / stride) * blocks_x * stride + y % stride) * run;
  float *to = job->dx + task * row_floats;
  for (size_t at = 0; at < row_floats; at += run, from += stride * run)
    for (size_t i = 0; i < run && at + i < row_floats; i++) to[at + i] = from[i];
}

void s3n_deinterleave(const float *blocks, size_t images, size_t height, size_t width, size_t channels, size_t stride,
                      float *dx) {
  rows_job job = {blocks, height, width, channels, stride, dx};
  s3n_parallel(images * height, deinterleave_row, &job);
}
