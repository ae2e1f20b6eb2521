#if defined(__x86_64__)
#pragma clang attribute push(__attribute__((target("avx512f,avx512bw,avx512vl,avx512dq,fma"))), apply_to = function)
#define SAMPLING_KERNEL_SET s3n_sampling_avx512
#include "sampling_kernels.inl"
#pragma clang attribute pop
#endif
