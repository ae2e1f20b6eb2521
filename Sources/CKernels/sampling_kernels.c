#include "sampling_kernels.h"

#include "include/isa.h"

const s3n_sampling_kernel_set *s3n_sampling_kernels(void) {
  switch (s3n_current_isa()) {
#if defined(__x86_64__)
  case s3n_isa_avx512: return &s3n_sampling_avx512;
  case s3n_isa_avx2: return &s3n_sampling_avx2;
#endif
  default: return &s3n_sampling_portable;
  }
}
