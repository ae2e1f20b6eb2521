#include "include/isa.h"

#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

static const char *const names[] = {"portable", "avx2", "avx512"};
static atomic_int current = -1;

const char *s3n_isa_name(s3n_isa isa) { return names[isa]; }

int s3n_isa_is_supported(s3n_isa isa) {
  switch (isa) {
#if defined(__x86_64__)
  case s3n_isa_avx512:
    return __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw") &&
           __builtin_cpu_supports("avx512vl") && __builtin_cpu_supports("avx512dq") && __builtin_cpu_supports("fma");
  case s3n_isa_avx2:
    return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma");
#endif
  case s3n_isa_portable:
    return 1;
  default:
    return 0;
  }
}

static s3n_isa choose(void) {
  const char *wanted = getenv("S3N_ISA");
  for (int isa = s3n_isa_avx512; isa >= s3n_isa_portable; isa--)
    if (s3n_isa_is_supported((s3n_isa)isa) && (!wanted || strcmp(wanted, names[isa]) == 0)) return (s3n_isa)isa;
  for (int isa = s3n_isa_avx512; isa > s3n_isa_portable; isa--)
    if (s3n_isa_is_supported((s3n_isa)isa)) return (s3n_isa)isa;
  return s3n_isa_portable;
}

s3n_isa s3n_current_isa(void) {
  int isa = atomic_load_explicit(&current, memory_order_relaxed);
  if (isa < 0) {
    isa = (int)choose();
    atomic_store(&current, isa);
  }
  return (s3n_isa)isa;
}

int s3n_use_isa(s3n_isa isa) {
  if (!s3n_isa_is_supported(isa)) return 0;
  atomic_store(&current, (int)isa);
  return 1;
}
