#if defined(__x86_64__)
#pragma clang attribute push(__attribute__((target("avx512f,avx512bw,avx512vl,avx512dq,fma"))), apply_to = function)
#define KERNEL_SET s3n_kernels_avx512_bf16
#define BF16 WIDENED
#define VECTOR_BYTES 64
#define MR 14
#define NV 2
#include "kernel_set.inl"
#pragma clang attribute pop
#endif
