// Max pooling and global average pooling, channels-last.
#pragma once
#include <stddef.h>
#include <stdint.h>

#include "conv.h"

typedef struct {
  size_t images, height, width, channels;
  size_t kernel, stride, padding;
  size_t out_height, out_width;
} s3n_pool;

/// y = max over windows of prologue(x); choice = the window's position (ky * kernel + kx) of its first maximum.
/// The kernel is at most 15 wide and the padding at most half of it, so that every window meets the image.
void s3n_max_pool(const s3n_pool *pool, const float *x, s3n_prologue prologue, float *y, uint8_t *choice);

/// dx = the gradients dy of the windows that chose each pixel.
void s3n_max_pool_backward(const s3n_pool *pool, const float *dy, const uint8_t *choice, float *dx);

/// y[image][c] = mean over pixels of prologue(x).
void s3n_average_pool(size_t images, size_t pixels, size_t channels, const float *x, s3n_prologue prologue, float *y);

/// dx[image][pixel][c] = dy[image][c] / pixels.
void s3n_average_pool_backward(size_t images, size_t pixels, size_t channels, const float *dy, float *dx);
