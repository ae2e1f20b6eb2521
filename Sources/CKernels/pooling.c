#include "include/pooling.h"

#include <float.h>
#include <string.h>

#include "include/thread_pool.h"
#include "kernels.h"

typedef struct {
  const s3n_pool *pool;
  const float *x;
  s3n_prologue prologue;
  float *y;
  uint8_t *choice;
} max_job;

/// One output row: the input rows under it are read through the norm once, then compared window by window.
static void max_pool_row(void *context, size_t task, size_t worker) {
  (void)worker;
  const max_job *job = context;
  const s3n_pool *p = job->pool;
  const size_t channels = p->channels, image = task / p->out_height, oy = task % p->out_height;
  const size_t row_floats = p->width * channels;
  float *rows = s3n_scratch(0, p->kernel * row_floats * sizeof(float));
  const ptrdiff_t top = (ptrdiff_t)(oy * p->stride) - (ptrdiff_t)p->padding;
  for (size_t ky = 0; ky < p->kernel; ky++) {
    ptrdiff_t sy = top + (ptrdiff_t)ky;
    if (sy < 0 || sy >= (ptrdiff_t)p->height) continue;
    const float *from = job->x + (image * p->height + (size_t)sy) * row_floats;
    if (job->prologue.scale)
      s3n_kernels()->read_pixels(from, job->prologue.scale, job->prologue.shift, job->prologue.relu, p->width, channels,
                                 rows + ky * row_floats);
    else
      memcpy(rows + ky * row_floats, from, row_floats * sizeof(float));
  }
  for (size_t ox = 0; ox < p->out_width; ox++) {
    const size_t at = ((image * p->out_height + oy) * p->out_width + ox) * channels;
    int started = 0;
    for (size_t ky = 0; ky < p->kernel; ky++) {
      ptrdiff_t sy = top + (ptrdiff_t)ky;
      if (sy < 0 || sy >= (ptrdiff_t)p->height) continue;
      for (size_t kx = 0; kx < p->kernel; kx++) {
        ptrdiff_t sx = (ptrdiff_t)(ox * p->stride + kx) - (ptrdiff_t)p->padding;
        if (sx < 0 || sx >= (ptrdiff_t)p->width) continue;
        const float *from = rows + ky * row_floats + (size_t)sx * channels;
        s3n_kernels()->take_larger(from, (uint8_t)(ky * p->kernel + kx), !started, channels, job->y + at,
                                   job->choice + at);
        started = 1;
      }
    }
  }
}

void s3n_max_pool(const s3n_pool *pool, const float *x, s3n_prologue prologue, float *y, uint8_t *choice) {
  max_job job = {pool, x, prologue, y, choice};
  s3n_parallel(pool->images * pool->out_height, max_pool_row, &job);
}

typedef struct {
  const s3n_pool *pool;
  const float *dy;
  const uint8_t *choice;
  float *dx;
} max_backward_job;

/// One input row gathers from the windows over it, so that rows are independent and sums keep their order.
static void max_pool_backward_row(void *context, size_t task, size_t worker) {
  (void)worker;
  const max_backward_job *job = context;
  const s3n_pool *p = job->pool;
  const size_t channels = p->channels, image = task / p->height, sy = task % p->height;
  float *row = job->dx + (image * p->height + sy) * p->width * channels;
  memset(row, 0, p->width * channels * sizeof(float));
  for (size_t ky = 0; ky < p->kernel; ky++) {
    if (sy + p->padding < ky || (sy + p->padding - ky) % p->stride != 0) continue;
    const size_t oy = (sy + p->padding - ky) / p->stride;
    if (oy >= p->out_height) continue;
    for (size_t ox = 0; ox < p->out_width; ox++) {
      const size_t at = ((image * p->out_height + oy) * p->out_width + ox) * channels;
      for (size_t kx = 0; kx < p->kernel; kx++) {
        ptrdiff_t sx = (ptrdiff_t)(ox * p->stride + kx) - (ptrdiff_t)p->padding;
        if (sx < 0 || sx >= (ptrdiff_t)p->width) continue;
        s3n_kernels()->add_where_chosen(job->dy + at, job->choice + at, (uint8_t)(ky * p->kernel + kx), channels,
                                        row + (size_t)sx * channels);
      }
    }
  }
}

void s3n_max_pool_backward(const s3n_pool *pool, const float *dy, const uint8_t *choice, float *dx) {
  max_backward_job job = {pool, dy, choice, dx};
  s3n_parallel(pool->images * pool->height, max_pool_backward_row, &job);
}

typedef struct {
  size_t pixels, channels;
  const float *x;
  s3n_prologue prologue;
  float *y;
} average_job;

static void average_pool_image(void *context, size_t image, size_t worker) {
  (void)worker;
  const average_job *job = context;
  const float *x = job->x + image * job->pixels * job->channels;
  float *y = job->y + image * job->channels, *read = s3n_scratch(0, job->channels * sizeof(float));
  memset(y, 0, job->channels * sizeof(float));
  for (size_t p = 0; p < job->pixels; p++, x += job->channels) {
    if (job->prologue.scale) {
      s3n_kernels()->read_pixels(x, job->prologue.scale, job->prologue.shift, job->prologue.relu, 1, job->channels, read);
      s3n_kernels()->add(read, y, job->channels);
    } else {
      s3n_kernels()->add(x, y, job->channels);
    }
  }
  for (size_t c = 0; c < job->channels; c++) y[c] /= (float)job->pixels;
}

void s3n_average_pool(size_t images, size_t pixels, size_t channels, const float *x, s3n_prologue prologue, float *y) {
  average_job job = {pixels, channels, x, prologue, y};
  s3n_parallel(images, average_pool_image, &job);
}

void s3n_average_pool_backward(size_t images, size_t pixels, size_t channels, const float *dy, float *dx) {
  for (size_t image = 0; image < images; image++) {
    float *first = dx + image * pixels * channels;
    for (size_t c = 0; c < channels; c++) first[c] = dy[image * channels + c] / (float)pixels;
    for (size_t p = 1; p < pixels; p++) memcpy(first + p * channels, first, channels * sizeof(float));
  }
}
