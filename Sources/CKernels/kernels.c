#include "kernels.h"

#include "include/isa.h"

static const s3n_kernel_set *kernels_fp32(void) {
  switch (s3n_current_isa()) {
#if defined(__x86_64__)
  case s3n_isa_avx512: return &s3n_kernels_avx512;
  case s3n_isa_avx2: return &s3n_kernels_avx2;
#endif
  default: return &s3n_kernels_portable;
  }
}

static const s3n_kernel_set *kernels_bf16(void) {
  switch (s3n_current_isa()) {
#if defined(__x86_64__)
  case s3n_isa_avx512: return s3n_has_dot_products() ? &s3n_kernels_avx512_dots : &s3n_kernels_avx512_bf16;
  case s3n_isa_avx2: return &s3n_kernels_avx2_bf16;
#endif
  default: return &s3n_kernels_portable_bf16;
  }
}

const s3n_kernel_set *s3n_kernels(s3n_precision precision) {
  return precision == s3n_bf16 ? kernels_bf16() : kernels_fp32();
}
