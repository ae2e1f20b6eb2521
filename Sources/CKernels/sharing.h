// Divides work more finely for more threads where this changes no sum.
#pragma once
#include <stddef.h>

/// The cost of gathering a block of pixels, in panels of products: the preparation of a convolution's tasks.
static const double s3n_gathering = 0.25;

/// Blocks of equally many units, divided into tasks of neighbouring units, which may start and end within a block.
typedef struct {
  size_t blocks, units, tasks;
  double last;  // the cost of a unit of the last block, which may be cut short, in units of the others
} s3n_shares;

/// The division that finishes soonest on the current threads if each task must prepare each block that it touches, at
/// the cost of `preparation` units. One task per block unless a finer division is faster.
s3n_shares s3n_shares_for_threads(size_t blocks, size_t units, double preparation);

/// Works on units first ..< end of a block.
typedef void (*s3n_part_body)(void *context, size_t block, size_t first, size_t end);

/// Calls `body` for each task's part of each block, on the thread pool.
void s3n_parallel_shares(s3n_shares shares, s3n_part_body body, void *context);
