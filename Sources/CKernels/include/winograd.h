// 3x3 convolutions by Winograd's minimal filtering on tiles of 4x4 outputs: F(4x4, 3x3) with a quarter of the
// multiplications for stride 1, and phases with 9/16 of them for stride 2. Geometry, prologue and epilogue are those of
// conv.h. Products are of floats in every precision. Backward to the data of stride 2 is one run with step 1 and
// dst_step 2, whose grid and offsets begin at pixel 0 of dy.
#pragma once
#include "conv.h"

/// Whether these kernels apply: 3x3 taps, step 1 with a padding of at most 2 or step 2 with a padding of 1, and
/// channels and outputs that fill the vectors.
int s3n_winograd_applies(size_t taps, size_t step, size_t padding, size_t channels, size_t outputs);

/// Floats needed for transformed weights.
size_t s3n_winograd_weights_count(size_t channels, size_t outputs);

/// Transforms weights (3, 3, channels, outputs) for the forward pass.
void s3n_winograd_pack_forward(s3n_precision precision, size_t step, size_t channels, size_t outputs,
                               const float *weights, float *packed);

/// Transforms weights (3, 3, channels, outputs) for backward to the data: rotated by 180 degrees, outputs to channels.
void s3n_winograd_pack_backward(s3n_precision precision, size_t step, size_t channels, size_t outputs,
                                const float *weights, float *packed);

/// The number of products for each pair of channels in a run or a weight gradient: the points of all tiles.
size_t s3n_winograd_products(const s3n_conv *conv);

/// The number of statistics blocks that a run writes.
size_t s3n_winograd_blocks(const s3n_conv *conv);

/// y = conv(prologue(x), packed) with the epilogue.
void s3n_winograd_run(const s3n_conv *conv, const void *x, s3n_prologue prologue, const float *packed, void *y,
                      s3n_epilogue epilogue);

/// dw (3, 3, channels, outputs) += the gradient. `blocks` blocks of tiles are processed between two barriers;
/// `workspace` holds s3n_winograd_gradient_workspace(conv, blocks) floats.
void s3n_winograd_weight_gradient(const s3n_conv *conv, const void *x, s3n_prologue prologue, const void *dy, float *dw,
                                  float *workspace, size_t blocks);
size_t s3n_winograd_gradient_workspace(const s3n_conv *conv, size_t blocks);

/// The best number of blocks for the current number of threads; it affects no sum.
size_t s3n_winograd_gradient_blocks(const s3n_conv *conv);
