// One instruction set's kernels. The file that includes this defines KERNEL_SET (name of the set), VECTOR_BYTES, MR and
// NV (the register tile in rows and vectors), and switches the instruction set on.
#include "kernels.h"

// clang-format off: the order matters, tiles.inl defines nr.
#include "tiles.inl"
#include "winograd.inl"
#include "rows.inl"
#include "gather.inl"
#include "batch_norm.inl"
#include "pooling.inl"

const s3n_kernel_set KERNEL_SET = {
    .mr = MR,
    .nr = nr,
    .by_rows = by_rows,
    .by_depth = by_depth,
    .lanes = lanes,
    .winograd_input = winograd_input,
    .winograd_output = winograd_output,
    .winograd_output_gradient = winograd_output_gradient,
    .winograd_weights = winograd_weights,
    .winograd_weights_gradient = winograd_weights_gradient,
    .gather = gather,
    .pack_columns = pack_columns,
    .read_pixels = read_pixels,
    .column_statistics = column_statistics,
    .add = add,
    .sgd = sgd,
    .take_larger = take_larger,
    .add_where_chosen = add_where_chosen,
    .join = join_rows,
    .backward_sums = backward_sums,
    .backward_apply = backward_apply,
};
