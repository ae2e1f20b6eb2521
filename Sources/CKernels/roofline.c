#include "include/roofline.h"

#include "include/isa.h"
#include "include/thread_pool.h"

// Independent chains of multiply-adds: more than latency times units of any core, but few enough for 16 registers.
enum { chains = 12 };

#if defined(__x86_64__)
#include <immintrin.h>

#pragma clang attribute push(__attribute__((target("avx512f,avx512bf16"))), apply_to = function)
/// Like multiply_add, returns a number that depends on all results.
static float multiply_add_dots(size_t rounds) {
  // Pairs of zeros and ones, so that the chains stay finite.
  const __m512bh a = (__m512bh)_mm512_setzero_si512(), b = (__m512bh)_mm512_set1_epi32(0x3f803f80);
  __m512 acc[chains];
  for (int i = 0; i < chains; i++) acc[i] = _mm512_set1_ps((float)i);
  for (size_t round = 0; round < rounds; round++) {
#pragma clang loop unroll(full)
    for (int i = 0; i < chains; i++) acc[i] = _mm512_dpbf16_ps(acc[i], a, b);
  }
  float sum = 0;
  for (int i = 0; i < chains; i++) sum += _mm512_reduce_add_ps(acc[i]);
  return sum;
}
#pragma clang attribute pop
#pragma clang attribute push(__attribute__((target("avx512f"))), apply_to = function)
#define NAME(x) x##_avx512
#define VECTOR_BYTES 64
#include "roofline.inl"
#pragma clang attribute pop
#pragma clang attribute push(__attribute__((target("avx2,fma"))), apply_to = function)
#define NAME(x) x##_avx2
#define VECTOR_BYTES 32
#include "roofline.inl"
#pragma clang attribute pop
#endif
#define NAME(x) x##_portable
#define VECTOR_BYTES 16
#include "roofline.inl"

typedef struct {
  float (*multiply_add)(size_t rounds, float factor, float term);
  void (*triad)(float *restrict a, const float *restrict b, const float *restrict c, float factor, size_t count);
  size_t lanes;
} loops;

static loops loops_in_use(void) {
  switch (s3n_current_isa()) {
#if defined(__x86_64__)
  case s3n_isa_avx512: return (loops){multiply_add_avx512, triad_avx512, 16};
  case s3n_isa_avx2: return (loops){multiply_add_avx2, triad_avx2, 8};
#endif
  default: return (loops){multiply_add_portable, triad_portable, 4};
  }
}

static void run_multiply_add(void *rounds, size_t task) {
  // With this factor and term the chains converge to 2, so no subnormal numbers slow them down.
  volatile float result = loops_in_use().multiply_add(*(size_t *)rounds, 0.5f, 1.0f);
  (void)result;
}

double s3n_multiply_add(size_t rounds) {
  size_t threads = s3n_thread_count();
  s3n_parallel(threads, run_multiply_add, &rounds);
  return 2.0 * (double)(threads * rounds * chains * loops_in_use().lanes);
}

static void run_multiply_add_bf16(void *rounds, size_t task) {
#if defined(__x86_64__)
  volatile float result = multiply_add_dots(*(size_t *)rounds);
  (void)result;
#endif
}

double s3n_multiply_add_bf16(size_t rounds) {
  if (s3n_current_isa() != s3n_isa_avx512 || !s3n_has_dot_products()) return 0;
  size_t threads = s3n_thread_count();
  s3n_parallel(threads, run_multiply_add_bf16, &rounds);
  return 4.0 * (double)(threads * rounds * chains * loops_in_use().lanes);
}

typedef struct {
  float *a;
  const float *b, *c;
  float factor;
  size_t count, part;
} stream;

static void run_stream(void *context, size_t task) {
  const stream *job = context;
  size_t first = task * job->part;
  if (first >= job->count) return;
  size_t count = job->count - first < job->part ? job->count - first : job->part;
  loops_in_use().triad(job->a + first, job->b + first, job->c + first, job->factor, count);
}

void s3n_triad(float *a, const float *b, const float *c, float factor, size_t count) {
  // One range of whole cache lines per thread.
  size_t threads = s3n_thread_count();
  size_t part = (count + threads - 1) / threads;
  stream job = {a, b, c, factor, count, (part + 15) / 16 * 16};
  s3n_parallel(threads, run_stream, &job);
}
