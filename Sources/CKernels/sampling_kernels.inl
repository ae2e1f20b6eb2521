// One instruction set's kernels. The including file defines SAMPLING_KERNEL_SET and enables the instruction set.
#include "sampling_kernels.h"

// clang-format off
#include "blending.inl"
#include "correlation.inl"
#include "pixels.inl"
#include "grid_sample.inl"
#include "grid_resample.inl"

const s3n_sampling_kernel_set SAMPLING_KERNEL_SET = {
    .blend_four = blend_four,
    .add_scaled = add_scaled,
    .stretch = stretch,
    .gather = gather,
    .sample_row = sample_row,
    .sample_row_backward = sample_row_backward,
    .resample_row = resample_row,
    .resample_row_backward = resample_row_backward,
    .add_weighted = add_weighted,
    .add_multiple = add_multiple,
    .multiply = multiply,
};
