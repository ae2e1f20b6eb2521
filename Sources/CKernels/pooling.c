#include "include/pooling.h"

#include <float.h>
#include <string.h>

#include "include/thread_pool.h"
#include "kernels.h"

typedef struct {
  const s3n_pool *pool;
  const char *x;
  s3n_prologue prologue;
  char *y;
  uint8_t *choice;
} max_job;

/// Computes one output row: reads the input rows under it through the norm once, then compares them window by window.
static void max_pool_row(void *context, size_t task) {
  const max_job *job = context;
  const s3n_pool *p = job->pool;
  const s3n_kernel_set *kernels = s3n_kernels(p->precision);
  const size_t channels = p->channels, image = task / p->out_height, oy = task % p->out_height;
  const size_t pixel_bytes = channels * s3n_element_bytes(p->precision), row_bytes = p->width * pixel_bytes;
  char *rows = s3n_scratch(0, p->kernel * row_bytes);
  const ptrdiff_t top = (ptrdiff_t)(oy * p->stride) - (ptrdiff_t)p->padding;
  for (size_t ky = 0; ky < p->kernel; ky++) {
    ptrdiff_t sy = top + (ptrdiff_t)ky;
    if (sy < 0 || sy >= (ptrdiff_t)p->height) continue;
    const char *from = job->x + (image * p->height + (size_t)sy) * row_bytes;
    if (job->prologue.scale)
      kernels->read_pixels(from, job->prologue.scale, job->prologue.shift, job->prologue.relu, p->width, channels,
                           rows + ky * row_bytes);
    else
      memcpy(rows + ky * row_bytes, from, row_bytes);
  }
  for (size_t ox = 0; ox < p->out_width; ox++) {
    const size_t pixel = (image * p->out_height + oy) * p->out_width + ox;
    int started = 0;
    for (size_t ky = 0; ky < p->kernel; ky++) {
      ptrdiff_t sy = top + (ptrdiff_t)ky;
      if (sy < 0 || sy >= (ptrdiff_t)p->height) continue;
      for (size_t kx = 0; kx < p->kernel; kx++) {
        ptrdiff_t sx = (ptrdiff_t)(ox * p->stride + kx) - (ptrdiff_t)p->padding;
        if (sx < 0 || sx >= (ptrdiff_t)p->width) continue;
        const char *from = rows + ky * row_bytes + (size_t)sx * pixel_bytes;
        kernels->take_larger(from, (uint8_t)(ky * p->kernel + kx), !started, channels, job->y + pixel * pixel_bytes,
                             job->choice + pixel * channels);
        started = 1;
      }
    }
  }
}

void s3n_max_pool(const s3n_pool *pool, const void *x, s3n_prologue prologue, void *y, uint8_t *choice) {
  max_job job = {pool, x, prologue, y, choice};
  s3n_parallel(pool->images * pool->out_height, max_pool_row, &job);
}

typedef struct {
  const s3n_pool *pool;
  const char *dy;
  const uint8_t *choice;
  char *dx;
} max_backward_job;

/// Computes one input row from the windows over it, so that rows are independent and the order of sums is fixed; each
/// sum is rounded once, when complete.
static void max_pool_backward_row(void *context, size_t task) {
  const max_backward_job *job = context;
  const s3n_pool *p = job->pool;
  const size_t channels = p->channels, image = task / p->height, sy = task % p->height;
  const s3n_kernel_set *kernels = s3n_kernels(p->precision);
  const size_t element_bytes = s3n_element_bytes(p->precision), row_count = p->width * channels;
  char *dx = job->dx + task * row_count * element_bytes;
  float *row = p->precision == s3n_fp32 ? (float *)dx : s3n_scratch(0, row_count * sizeof(float));
  memset(row, 0, row_count * sizeof(float));
  for (size_t ky = 0; ky < p->kernel; ky++) {
    if (sy + p->padding < ky || (sy + p->padding - ky) % p->stride != 0) continue;
    const size_t oy = (sy + p->padding - ky) / p->stride;
    if (oy >= p->out_height) continue;
    for (size_t ox = 0; ox < p->out_width; ox++) {
      const size_t at = ((image * p->out_height + oy) * p->out_width + ox) * channels;
      for (size_t kx = 0; kx < p->kernel; kx++) {
        ptrdiff_t sx = (ptrdiff_t)(ox * p->stride + kx) - (ptrdiff_t)p->padding;
        if (sx < 0 || sx >= (ptrdiff_t)p->width) continue;
        kernels->add_where_chosen(job->dy + at * element_bytes, job->choice + at, (uint8_t)(ky * p->kernel + kx),
                                  channels, row + (size_t)sx * channels);
      }
    }
  }
  if (p->precision != s3n_fp32) kernels->narrow(row, dx, row_count);
}

void s3n_max_pool_backward(const s3n_pool *pool, const void *dy, const uint8_t *choice, void *dx) {
  max_backward_job job = {pool, dy, choice, dx};
  s3n_parallel(pool->images * pool->height, max_pool_backward_row, &job);
}

typedef struct {
  const s3n_kernel_set *kernels;
  size_t element_bytes, pixels, channels;
  const char *x;
  s3n_prologue prologue;
  float *y;
} average_job;

static void average_pool_image(void *context, size_t image) {
  const average_job *job = context;
  const size_t pixel_bytes = job->channels * job->element_bytes;
  const char *x = job->x + image * job->pixels * pixel_bytes;
  float *y = job->y + image * job->channels;
  void *read = s3n_scratch(0, pixel_bytes);
  memset(y, 0, job->channels * sizeof(float));
  for (size_t p = 0; p < job->pixels; p++, x += pixel_bytes) {
    if (job->prologue.scale) {
      job->kernels->read_pixels(x, job->prologue.scale, job->prologue.shift, job->prologue.relu, 1, job->channels, read);
      job->kernels->add(read, y, job->channels);
    } else {
      job->kernels->add(x, y, job->channels);
    }
  }
  for (size_t c = 0; c < job->channels; c++) y[c] /= (float)job->pixels;
}

void s3n_average_pool(s3n_precision precision, size_t images, size_t pixels, size_t channels, const void *x,
                      s3n_prologue prologue, float *y) {
  average_job job = {s3n_kernels(precision), s3n_element_bytes(precision), pixels, channels, x, prologue, y};
  s3n_parallel(images, average_pool_image, &job);
}

typedef struct {
  const s3n_kernel_set *kernels;
  size_t element_bytes, pixels, channels;
  const float *dy;
  char *dx;
} average_backward_job;

static void average_pool_backward_image(void *context, size_t image) {
  const average_backward_job *job = context;
  const size_t pixel_bytes = job->channels * job->element_bytes;
  char *first = job->dx + image * job->pixels * pixel_bytes;
  float *share = s3n_scratch(0, job->channels * sizeof(float));
  for (size_t c = 0; c < job->channels; c++) share[c] = job->dy[image * job->channels + c] / (float)job->pixels;
  job->kernels->narrow(share, first, job->channels);
  for (size_t p = 1; p < job->pixels; p++) memcpy(first + p * pixel_bytes, first, pixel_bytes);
}

void s3n_average_pool_backward(s3n_precision precision, size_t images, size_t pixels, size_t channels, const float *dy,
                               void *dx) {
  if (pixels == 0) return;
  average_backward_job job = {s3n_kernels(precision), s3n_element_bytes(precision), pixels, channels, dy, dx};
  s3n_parallel(images, average_pool_backward_image, &job);
}
