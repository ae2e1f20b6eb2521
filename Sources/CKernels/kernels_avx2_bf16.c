#if defined(__x86_64__)
#pragma clang attribute push(__attribute__((target("avx2,fma"))), apply_to = function)
#define KERNEL_SET s3n_kernels_avx2_bf16
#define BF16 WIDENED
#define VECTOR_BYTES 32
#define MR 6
#define NV 2
#include "kernel_set.inl"
#pragma clang attribute pop
#endif
