// 3x3 convolutions by Winograd's minimal filtering, on tiles of 4x4 outputs: a quarter of the multiplications for stride 1,
// F(4x4, 3x3), and 9/16 for stride 2, in phases. The geometry, the reading and the epilogue are those of conv.h; products are of floats in every precision; backward to
// the data of stride 2 is one run with a step of 1 and a dst_step of 2, whose grid and offsets begin at pixel 0 of dy.
#pragma once
#include "conv.h"

/// Whether the kernels here can do it: 3x3 taps, step 1 with a padding up to 2 or step 2 with one of 1, and channels and
/// outputs that fill the vectors.
int s3n_winograd_applies(size_t taps, size_t step, size_t padding, size_t channels, size_t outputs);

/// Floats that transformed weights take.
size_t s3n_winograd_weights_count(size_t channels, size_t outputs);

/// Transforms weights (3, 3, channels, outputs) for the forward pass.
void s3n_winograd_pack_forward(s3n_precision precision, size_t step, size_t channels, size_t outputs,
                               const float *weights, float *packed);

/// Transforms weights (3, 3, channels, outputs) for backward to the data: turned, outputs to channels.
void s3n_winograd_pack_backward(s3n_precision precision, size_t step, size_t channels, size_t outputs,
                                const float *weights, float *packed);

/// Products of a pair of channels that a run or a weight gradient takes: the points of all tiles.
size_t s3n_winograd_products(const s3n_conv *conv);

/// Blocks of statistics that a run writes.
size_t s3n_winograd_blocks(const s3n_conv *conv);

/// y = conv(prologue(x), packed) with the epilogue.
void s3n_winograd_run(const s3n_conv *conv, const void *x, s3n_prologue prologue, const float *packed, void *y,
                      s3n_epilogue epilogue);

/// dw (3, 3, channels, outputs) += the gradient, by so many blocks of tiles between two barriers; `workspace` holds
/// s3n_winograd_gradient_workspace(conv, blocks) floats.
void s3n_winograd_weight_gradient(const s3n_conv *conv, const void *x, s3n_prologue prologue, const void *dy, float *dw,
                                  float *workspace, size_t blocks);
size_t s3n_winograd_gradient_workspace(const s3n_conv *conv, size_t blocks);

/// How many blocks suit the threads there are: no sum depends on it.
size_t s3n_winograd_gradient_blocks(const s3n_conv *conv);
