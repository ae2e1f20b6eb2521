// Batch norm and residual joins on rows of channels (channels-last: a row is a pixel).
#pragma once
#include "precision.h"

/// out = relu(y * scale + shift + r), where r is `shortcut`, or shortcut * shortcut_scale + shortcut_shift if the scale
/// is not NULL. `shortcut` may be NULL; the ReLU is applied only if `relu`.
typedef struct {
  s3n_precision precision;  // of y, the shortcut and out
  size_t channels;
  const void *y;
  const float *scale, *shift;
  const void *shortcut;
  const float *shortcut_scale, *shortcut_shift;
  int relu;
  void *out;
} s3n_join;

/// Where the ReLU after the norm lets the gradient through.
typedef enum {
  s3n_mask_open,       // no ReLU
  s3n_mask_recompute,  // where y * scale + shift > 0
  s3n_mask_output,     // where `output` > 0; the sums pass also writes the gated gradient back to `dz`
} s3n_relu_mask;

/// Backward of batch norm: g is dz after masking.
typedef struct {
  s3n_precision precision;  // of dz, y, the output and dy
  size_t channels;
  s3n_relu_mask mask;
  void *dz;
  const void *y, *output;
  const float *scale, *shift, *mean;
  const float *of_g, *of_y, *constant;  // dy = of_g * g + of_y * y + constant
  void *dy;                             // may be dz
} s3n_norm_backward;

void s3n_join_rows(const s3n_join *join, size_t rows);

/// The number of row blocks that partial sums are computed over; independent of the number of threads.
size_t s3n_norm_blocks(size_t rows);

/// sums[block][0][c] = sum of g, sums[block][1][c] = sum of g * (y - mean).
void s3n_norm_backward_sums(const s3n_norm_backward *job, size_t rows, float *sums);
void s3n_norm_backward_apply(const s3n_norm_backward *job, size_t rows);

/// The statistics that a convolution's epilogue computes (conv.h), in s3n_norm_blocks(rows) blocks of rows: for inputs
/// that do not come from a convolution, and as a reference.
void s3n_norm_statistics(const float *y, size_t rows, size_t channels, float *statistics);

/// to += from
void s3n_add(const float *from, float *to, size_t count);
