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

/// The set that S3N_ISA names; avx512f also means AVX-512 (without products of bfloat16 pairs).
static const char *wanted_set(void) {
  const char *wanted = getenv("S3N_ISA");
  return wanted && strcmp(wanted, "avx512f") == 0 ? "avx512" : wanted;
}

static s3n_isa choose(void) {
  const char *wanted = wanted_set();
  s3n_isa best = s3n_isa_portable;
  for (int isa = s3n_isa_portable; isa <= s3n_isa_avx512; isa++)
    if (s3n_isa_is_supported((s3n_isa)isa)) {
      best = (s3n_isa)isa;
      if (wanted && strcmp(wanted, names[isa]) == 0) break;
    }
  return best;
}

s3n_isa s3n_current_isa(void) {
  int isa = atomic_load_explicit(&current, memory_order_relaxed);
  if (isa < 0) {
    isa = (int)choose();
    atomic_store(&current, isa);
  }
  return (s3n_isa)isa;
}

static int find_dot_products(void) {
  const char *wanted = getenv("S3N_ISA");
#if defined(__x86_64__)
  return __builtin_cpu_supports("avx512bf16") && !(wanted && strcmp(wanted, "avx512f") == 0);
#else
  return (void)wanted, 0;
#endif
}

int s3n_has_dot_products(void) {
  static atomic_int found = -1;
  int has = atomic_load_explicit(&found, memory_order_relaxed);
  if (has < 0) {
    has = find_dot_products();
    atomic_store(&found, has);
  }
  return has;
}

const char *s3n_kernels_name(void) {
  const s3n_isa isa = s3n_current_isa();
  return isa == s3n_isa_avx512 && !s3n_has_dot_products() ? "avx512f" : s3n_isa_name(isa);
}

int s3n_use_isa(s3n_isa isa) {
  if (!s3n_isa_is_supported(isa)) return 0;
  atomic_store(&current, (int)isa);
  return 1;
}
