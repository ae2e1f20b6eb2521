// Convolution as a product of gathered pixels and packed weights, channels-last.
//
// One geometry serves all three passes. Forward reads the input and writes the output. Backward to the data reads the
// output's gradient and writes the input's; a strided convolution splits into stride^2 phases of written pixels.
// Backward to the weights reads the input as forward does, and multiplies it by the output's gradient.
#pragma once
#include "precision.h"

/// Under tap (ty, tx), grid position (u, v) reads source pixel (u * step + offset_y + ty, v * step + offset_x + tx), or
/// zero outside the source. It is written to destination pixel (u * dst_step + dst_y, v * dst_step + dst_x).
typedef struct {
  size_t images, src_height, src_width, channels;
  size_t grid_height, grid_width;
  size_t taps_y, taps_x, step;
  ptrdiff_t offset_y, offset_x;
  size_t dst_height, dst_width, outputs;
  size_t dst_step, dst_y, dst_x;
  s3n_precision precision;  // of the source, the destination and the residual; weights are rounded to it where they are packed
} s3n_conv;

/// How the source is read: x * scale[c] + shift[c], followed by ReLU if `relu`; unchanged if `scale` is NULL. This
/// applies a batch norm and its ReLU on reading, instead of in a separate pass.
typedef struct {
  const float *scale, *shift;
  int relu;
} s3n_prologue;

/// Applied to the results while they are in cache: + bias[o], + residual (same layout as y, not overlapping it), ReLU,
/// and batch norm's statistics. For each block of rows these are the means, the sums of squared deviations and the
/// number of rows.
typedef struct {
  const float *bias;
  const void *residual;
  int relu;
  float *statistics;
} s3n_epilogue;

/// Floats from the statistics of one block to those of the next.
static inline size_t s3n_statistics_distance(size_t outputs) { return 2 * outputs + 1; }

/// Floats needed for packed weights of `depth` rows and `outputs` columns with the current instruction set.
size_t s3n_packed_count(s3n_precision precision, size_t depth, size_t outputs);

/// Packs weights (taps_y, taps_x, channels, outputs) for the forward pass.
void s3n_pack_forward(s3n_precision precision, size_t depth, size_t outputs, const float *weights, float *packed);

/// Packs weights (kernel_h, kernel_w, channels, outputs) for backward to the data, for the phase with taps first_y,
/// first_y + stride, ... and first_x, ...: depth = taps * outputs, columns = channels, taps in reverse order.
void s3n_pack_backward(s3n_precision precision, size_t kernel_h, size_t kernel_w, size_t channels, size_t outputs,
                       size_t stride, size_t first_y, size_t first_x, const float *weights, float *packed);

/// The number of statistics blocks for a grid of `rows` positions.
size_t s3n_conv_blocks(size_t rows);

/// y = conv(prologue(x), packed) with the epilogue.
void s3n_conv_run(const s3n_conv *conv, const void *x, s3n_prologue prologue, const float *packed, void *y,
                  s3n_epilogue epilogue);

/// dw (taps_y, taps_x, channels, outputs) += sum over positions of prologue(x) times dy (images, grid_h, grid_w,
/// outputs). `partials` holds s3n_conv_weight_partials(conv) floats. The order of additions is independent of the
/// threads.
void s3n_conv_weight_gradient(const s3n_conv *conv, const void *x, s3n_prologue prologue, const void *dy, float *dw,
                              float *partials);
size_t s3n_conv_weight_partials(const s3n_conv *conv);

/// Computes dx (images, height, width, channels) from blocks of stride x stride pixels, stored (stride, stride,
/// channels).
void s3n_deinterleave(s3n_precision precision, const void *blocks, size_t images, size_t height, size_t width,
                      size_t channels, size_t stride, void *dx);
