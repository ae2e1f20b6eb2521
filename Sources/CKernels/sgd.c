#include "include/sgd.h"

#include "kernels.h"

void s3n_sgd_step(float *value, const float *gradient, float *velocity, size_t count, float rate, float momentum,
                  float decay) {
  s3n_kernels(s3n_fp32)->sgd(value, gradient, velocity, count, rate, momentum, decay);
}
