// What the machine can do at most: arithmetic on registers alone, and streaming through memory.
#pragma once
#include <stddef.h>

/// Multiply-adds on registers alone, `rounds` turns of them on every thread of the pool, with the instruction set in use.
/// Gives the floating-point operations done, a multiply-add being two.
double s3n_multiply_add(size_t rounds);

/// The same with products of bfloat16 pairs, as s3n_bf16 is multiplied where the CPU has instructions for them; 0 elsewhere.
double s3n_multiply_add_bf16(size_t rounds);

/// a[i] = b[i] + factor * c[i] on all threads of the pool; no two of the arrays overlap.
void s3n_triad(float *a, const float *b, const float *c, float factor, size_t count);
