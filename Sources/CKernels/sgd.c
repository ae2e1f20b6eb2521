#include "include/sgd.h"

#include "include/thread_pool.h"
#include "kernels.h"

enum { part_size = 1 << 15 };

typedef struct {
  float *value;
  const float *gradient;
  float *velocity;
  size_t count;
  float rate, momentum, decay;
} sgd_job;

static void sgd_part(void *context, size_t part, size_t worker) {
  (void)worker;
  const sgd_job *job = context;
  size_t first = part * part_size, left = job->count - first;
  s3n_kernels(s3n_fp32)->sgd(job->value + first, job->gradient + first, job->velocity + first,
                     left < part_size ? left : part_size, job->rate, job->momentum, job->decay);
}

void s3n_sgd_step(float *value, const float *gradient, float *velocity, size_t count, float rate, float momentum,
                  float decay) {
  sgd_job job = {value, gradient, velocity, count, rate, momentum, decay};
  s3n_parallel((count + part_size - 1) / part_size, sgd_part, &job);
}
