#if defined(__x86_64__)
#include <immintrin.h>

#pragma clang attribute push(__attribute__((target("avx512f,avx512bw,avx512vl,avx512dq,avx512bf16,fma"))), apply_to = function)
#define KERNEL_SET s3n_kernels_avx512_dots
#define BF16 DOTS
#define VECTOR_BYTES 64
#define MR 14
#define NV 2
#include "kernel_set.inl"
#pragma clang attribute pop
#endif
