// Max pooling and global average pooling, channels-last.
#pragma once
#include <stddef.h>
#include <stdint.h>

#include "conv.h"

typedef struct {
  size_t images, height, width, channels;
  size_t kernel, stride, padding;
  size_t out_height, out_width;
  s3n_precision precision;  // of x, y and their gradients
} s3n_pool;

/// y = max over windows of prologue(x); choice = the position (ky * kernel + kx) of the first maximum in the window.
/// The kernel is at most 15 wide and the padding at most half of it, so that every window overlaps the image.
void s3n_max_pool(const s3n_pool *pool, const void *x, s3n_prologue prologue, void *y, uint8_t *choice);

/// dx = the sum of the gradients dy of the windows that chose each pixel.
void s3n_max_pool_backward(const s3n_pool *pool, const void *dy, const uint8_t *choice, void *dx);

/// y[image][c] = mean over pixels of prologue(x); x is stored in `precision`.
void s3n_average_pool(s3n_precision precision, size_t images, size_t pixels, size_t channels, const void *x,
                      s3n_prologue prologue, float *y);

/// dx[image][pixel][c] = dy[image][c] / pixels; dx is stored in `precision`.
void s3n_average_pool_backward(s3n_precision precision, size_t images, size_t pixels, size_t channels, const float *dy,
                               void *dx);
