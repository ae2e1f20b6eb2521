#include <string.h>

#include "include/precision.h"
#include "include/thread_pool.h"
#include "kernels.h"

typedef struct {
  s3n_precision from_precision, to_precision;
  const char *from;
  char *to;
  size_t count;
} convert_job;

enum { part_size = 1 << 15 };

static void convert_part(void *context, size_t part) {
  const convert_job *job = context;
  const size_t first = part * part_size, left = job->count - first, count = left < part_size ? left : part_size;
  const char *from = job->from + first * s3n_element_bytes(job->from_precision);
  char *to = job->to + first * s3n_element_bytes(job->to_precision);
  if (job->from_precision == job->to_precision)
    memcpy(to, from, count * s3n_element_bytes(job->to_precision));
  else if (job->to_precision == s3n_bf16)
    s3n_kernels(s3n_bf16)->narrow((const float *)from, to, count);
  else
    s3n_kernels(s3n_bf16)->widen(from, (float *)to, count);
}

void s3n_convert(s3n_precision from_precision, const void *from, s3n_precision to_precision, void *to, size_t count) {
  convert_job job = {from_precision, to_precision, from, to, count};
  s3n_parallel((count + part_size - 1) / part_size, convert_part, &job);
}
