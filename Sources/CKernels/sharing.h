// How work is cut finer for more threads where no sum depends on it.
#pragma once
#include <stddef.h>

/// What gathering a block of pixels costs, in panels of products: the preparation of a convolution's tasks.
static const double s3n_gathering = 0.25;

/// Blocks of as many units each, cut into tasks of neighbouring units, which may begin and end within a block.
typedef struct {
  size_t blocks, units, tasks;
} s3n_shares;

/// The shares of the threads there are that are done soonest, where whoever works on a block first prepares something, which takes
/// as long as `preparation` units: a task for each block unless that takes longer.
s3n_shares s3n_shares_for_threads(size_t blocks, size_t units, double preparation);

/// The units first ..< end of a block.
typedef void (*s3n_part_body)(void *context, size_t block, size_t first, size_t end);

/// Calls `body` for what each task has of each block, on the thread pool.
void s3n_parallel_shares(s3n_shares shares, s3n_part_body body, void *context);
