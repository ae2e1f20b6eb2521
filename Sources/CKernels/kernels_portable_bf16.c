#define KERNEL_SET s3n_kernels_portable_bf16
#define BF16 WIDENED
#define VECTOR_BYTES 16
#define MR 4
#define NV 2
#include "kernel_set.inl"
