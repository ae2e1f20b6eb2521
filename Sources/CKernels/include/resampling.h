// Bilinear resizing and sampling of channels-last images, both with align_corners = true.
#pragma once
#include <stddef.h>
#include <stdint.h>

/// One axis of a resize: output i lies a fraction weight[i] of the way from input lower[i] to the next, or at the last.
typedef struct {
  size_t inputs, outputs;
  const int32_t *lower;  // rising
  const int32_t *first;  // the first output with a lower input of k or above, for k = 0 ... inputs
  const float *weight;   // below 1, and 0 at the last input; 16 floats more are readable behind the outputs
} s3n_axis;

/// Resizes x (images, rows.inputs, columns.inputs, channels) into y (images, rows.outputs, columns.outputs, channels).
void s3n_resize(const float *x, size_t images, size_t channels, s3n_axis rows, s3n_axis columns, float *y);

/// The gradient of `s3n_resize`: from dy into dx, which is overwritten.
void s3n_resize_backward(const float *dy, size_t images, size_t channels, s3n_axis rows, s3n_axis columns, float *dx);

// MARK: a grid of positions, as PyTorch's grid_sample

/// Images to sample from, and the output size; pixels outside an image are zero.
typedef struct {
  const float *image;  // (images, height, width, 3)
  size_t images, height, width;
  size_t out_height, out_width;
} s3n_sampling;

/// y (images, out_height, out_width, 3) from a grid (images, out_height, out_width, 2) of x, y in -1 ... 1.
void s3n_grid_sample(const s3n_sampling *sampling, const float *grid, float *y);

/// The gradient of `s3n_grid_sample` with respect to the grid, overwritten.
void s3n_grid_sample_backward(const s3n_sampling *sampling, const float *grid, const float *dy, float *dgrid);

// MARK: a coarse grid of offsets, resized row by row as it is used

/// Each output pixel samples its own place in the image, moved by the offsets (images, G, G, 2) of x, y, in units of
/// half an image. Positions outside are clamped to the border.
typedef struct {
  const float *image;  // (images, pixel_rows.inputs, pixel_columns.inputs, 3)
  const float *offsets;
  size_t images;
  s3n_axis pixel_rows, pixel_columns;  // from the pixels of the image to those of the output
  s3n_axis cell_rows, cell_columns;    // from the offsets' cells to the pixels of the output
} s3n_resampling;

/// y (images, pixel_rows.outputs, pixel_columns.outputs, 3).
void s3n_grid_resample(const s3n_resampling *resampling, float *y);

/// The gradient with respect to the offsets, overwritten. Exactly on a pixel it is the mean of the slopes on both
/// sides. `partial` holds twice as many floats as the offsets.
void s3n_grid_resample_backward(const s3n_resampling *resampling, const float *dy, float *partial, float *doffsets);
