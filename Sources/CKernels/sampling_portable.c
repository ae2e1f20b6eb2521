#define SAMPLING_KERNEL_SET s3n_sampling_portable
#include "sampling_kernels.inl"
