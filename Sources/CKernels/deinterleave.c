#include <string.h>

#include "include/conv.h"
#include "include/thread_pool.h"

typedef struct {
  const char *blocks;
  size_t element_bytes, height, width, channels, stride;
  char *dx;
} rows_job;

static void deinterleave_row(void *context, size_t task) {
  const rows_job *job = context;
  const size_t image = task / job->height, y = task % job->height, stride = job->stride;
  const size_t blocks_y = (job->height + stride - 1) / stride, blocks_x = (job->width + stride - 1) / stride;
  const size_t run = stride * job->channels * job->element_bytes, row = job->width * job->channels * job->element_bytes;
  const char *from = job->blocks + ((image * blocks_y + y / stride) * blocks_x * stride + y % stride) * run;
  char *to = job->dx + task * row;
  for (size_t at = 0; at < row; at += run, from += stride * run) memcpy(to + at, from, row - at < run ? row - at : run);
}

void s3n_deinterleave(s3n_precision precision, const void *blocks, size_t images, size_t height, size_t width,
                      size_t channels, size_t stride, void *dx) {
  rows_job job = {blocks, s3n_element_bytes(precision), height, width, channels, stride, dx};
  s3n_parallel(images * height, deinterleave_row, &job);
}
