// The machine's limits: arithmetic on registers alone, and memory bandwidth.
#pragma once
#include <stddef.h>

/// Runs `rounds` rounds of multiply-adds on registers on each thread of the pool, with the current instruction set.
/// Returns the number of floating-point operations, two for each multiply-add.
double s3n_multiply_add(size_t rounds);

/// The same with bfloat16 pairs, as s3n_bf16 is multiplied on CPUs with instructions for them; returns 0 on others.
double s3n_multiply_add_bf16(size_t rounds);

/// a[i] = b[i] + factor * c[i] on all threads of the pool; the arrays must not overlap.
void s3n_triad(float *a, const float *b, const float *c, float factor, size_t count);
