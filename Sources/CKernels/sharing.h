// How work is cut finer for more threads where no sum depends on it.
#pragma once
#include <stddef.h>

/// What gathering a block of pixels costs, in panels of products: the preparation of a convolution's tasks.
static const double s3n_gathering = 0.25;

/// Into how many groups the `units` of each of `blocks` are best cut, one task each, for the threads there are: so that they
/// are done soonest, where every task first prepares something, which takes as long as `preparation` units.
size_t s3n_groups_for_threads(size_t blocks, size_t units, double preparation);
