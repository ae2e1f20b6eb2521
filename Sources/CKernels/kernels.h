// The inner loops, one set per instruction set and precision; only they are compiled more than once.
#pragma once
#include <stddef.h>
#include <stdint.h>

#include "gather.h"
#include "include/batch_norm.h"
#include "winograd_tiles.h"

/// The row and column units that determine partial sums and the choice of algorithm: AVX-512's register tile, with
/// every instruction set, so that they give the same bits. A set's mr and nr only say what fits in its registers.
enum { s3n_rows_unit = 14, s3n_columns_unit = 32 };

/// Where a tile's sums go and how they are finished. Row i is stored at c + offsets[i] and starts from the values at
/// from + offsets[i] (zero if `from` is NULL; `c` to accumulate); then + bias[j] (unless NULL) and ReLU if `relu`.
typedef struct {
  void *c;
  const void *from;
  const size_t *offsets;
  const float *bias;
  int relu;
} s3n_target;

/// target(i, j) = sum over p of A(i, p) * b[p * nr + j], for i < rows <= mr and j < cols <= nr. A and b hold factors of
/// 4 bytes: a float, or a pair of bfloat16, whose two products are added. A is read for up to mr rows, even beyond
/// `rows`. Each depth step prefetches what is read next, `ahead_step` bytes further on from `ahead`.
typedef void (*s3n_tile)(size_t depth, const void *a, size_t lda, const void *b, const s3n_target *target,
                         size_t rows, size_t cols, const char *ahead, size_t ahead_step);

/// Winograd's transforms (winograd.inl) for one tile scheme (winograd_tiles.h); channels and columns are multiples of a
/// vector's lanes. Weight gradients use the forward schemes; their functions are NULL in the phased one.
typedef struct {
  void (*input)(const void *const *pixels, const float *scale, const float *shift, int relu, size_t channels,
                float *v, size_t step);
  void (*output)(const float *m, size_t step, void *const *pixels, const float *bias, const void *const *residuals,
                 int relu);
  void (*output_gradient)(const void *const *pixels, float *m, size_t step);
  void (*weights)(const float *g, size_t g_step, float *u, size_t u_step);
  void (*weights_gradient)(const float *du, size_t u_step, float *dg, size_t g_step, size_t columns);
} s3n_winograd_transforms;

typedef struct {
  // Register tiles (tiles.inl).
  size_t mr, nr;
  s3n_tile by_rows;   // A(i, p) = a[i * lda + p], the target as features are stored
  s3n_tile by_depth;  // A(i, p) = a[p * lda + i], the target floats

  s3n_winograd_transforms winograd[3];  // by scheme

  // Gathering (gather.inl): rows first_row ..< first_row + rows of a run, `distance` factors apart; columns of a panel;
  // and, for bf16 only, rows of pairs from pairs of rows.
  void (*gather)(const s3n_conv *conv, const void *x, s3n_prologue prologue, s3n_depth_run run, size_t first_row,
                 size_t rows, void *packed, size_t distance);
  void (*pack_columns)(const void *from, size_t distance, size_t rows, size_t columns, void *packed);
  void (*pair_rows)(const void *from, size_t distance, size_t rows, size_t columns, void *pairs, size_t pairs_distance);

  // Convolution loops over rows that are in cache (rows.inl).
  void (*read_pixels)(const void *from, const float *scale, const float *shift, int relu, size_t pixels,
                      size_t channels, void *to);
  void (*column_statistics)(const void *y, const size_t *offsets, size_t rows, size_t columns, float *mean,
                            float *deviation);
  void (*add)(const void *from, float *to, size_t count);
  void (*narrow)(const float *from, void *to, size_t count);
  void (*widen)(const void *from, float *to, size_t count);
  void (*sgd)(float *value, const float *gradient, float *velocity, size_t count, float rate, float momentum,
              float decay);

  // Max pooling (pooling.inl).
  void (*take_larger)(const void *from, uint8_t position, int first, size_t channels, void *best, uint8_t *choice);
  void (*add_where_chosen)(const void *dy, const uint8_t *choice, uint8_t position, size_t channels, float *dx);

  // Batch norm and residual joins over rows of channels (batch_norm.inl).
  void (*join)(const s3n_join *join, size_t first_row, size_t rows);
  void (*backward_sums)(const s3n_norm_backward *job, size_t first_row, size_t rows, size_t first, size_t channels,
                        float *sums);
  void (*backward_apply)(const s3n_norm_backward *job, size_t first_row, size_t rows);
} s3n_kernel_set;

/// The set for the current instruction set and features of `precision`.
const s3n_kernel_set *s3n_kernels(s3n_precision precision);

extern const s3n_kernel_set s3n_kernels_avx512, s3n_kernels_avx2, s3n_kernels_portable;
extern const s3n_kernel_set s3n_kernels_avx512_dots, s3n_kernels_avx512_bf16, s3n_kernels_avx2_bf16,
    s3n_kernels_portable_bf16;
