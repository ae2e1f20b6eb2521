// Stochastic gradient descent with momentum and weight decay.
#pragma once
#include <stddef.h>

/// velocity = momentum * velocity + (gradient + decay * value); value -= rate * velocity: PyTorch's SGD without
/// dampening. Runs on the calling thread.
void s3n_sgd_step(float *value, const float *gradient, float *velocity, size_t count, float rate, float momentum,
                  float decay);
