#if defined(__x86_64__)
#pragma clang attribute push(__attribute__((target("avx2,fma"))), apply_to = function)
#define SAMPLING_KERNEL_SET s3n_sampling_avx2
#include "sampling_kernels.inl"
#pragma clang attribute pop
#endif
