// One instruction set's kernels for one precision. The including file defines KERNEL_SET (the set's name),
// VECTOR_BYTES, MR and NV (the register tile in rows and vectors) and, for bf16, BF16 (element.inl), and enables the
// instruction set.
#include "kernels.h"

// clang-format off: the order matters: each file uses what those before it define.
#include "element.inl"
#include "tiles.inl"
#include "winograd.inl"
#include "winograd_unit.inl"
#include "winograd_strided.inl"
#include "winograd_schemes.inl"
#include "rows.inl"
#include "gather.inl"
#include "batch_norm.inl"
#include "pooling.inl"

const s3n_kernel_set KERNEL_SET = {
    .mr = MR,
    .nr = nr,
    .by_rows = by_rows,
    .by_depth = by_depth,
    .winograd = {[winograd_unit] = {unit_input, unit_output, unit_output_gradient, unit_weights, unit_weights_gradient},
                 [winograd_strided] = {strided_input, strided_output, strided_output_gradient, strided_weights,
                                       strided_weights_gradient},
                 [winograd_phased] = {strided_input, phased_output, NULL, strided_weights, NULL}},
    .gather = gather,
    .pack_columns = pack_columns,
#ifdef BF16
    .pair_rows = pair_rows,
#endif
    .read_pixels = read_pixels,
    .column_statistics = column_statistics,
    .add = add,
    .narrow = narrow,
    .widen = widen,
    .sgd = sgd,
    .take_larger = take_larger,
    .add_where_chosen = add_where_chosen,
    .join = join_rows,
    .backward_sums = backward_sums,
    .backward_apply = backward_apply,
};
