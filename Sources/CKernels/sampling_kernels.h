// The inner loops of resizing, sampling and smoothing, compiled once per instruction set.
#pragma once
#include "include/resampling.h"

typedef struct {
  /// One output pixel of a resize from its four neighbours of `channels` values each.
  void (*blend_four)(const float *const corner[4], float down, float right, float *to, size_t channels);

  /// to[i] += weight * from[i]
  void (*add_scaled)(const float *from, float weight, float *to, size_t count);

  /// Resizes a line of `columns.inputs` values; also overwrites 16 floats after the outputs in `to`.
  void (*stretch)(const float *source, s3n_axis columns, float *to);

  /// For each interval from input k to the next, adds `gradient` of outputs first[k] ..< first[k + 1] to to[k * step]
  /// and to[(k + 1) * step].
  void (*gather)(const float *gradient, s3n_axis columns, float *to, size_t step);

  /// A row of samples at (x[j], y[j]), or its gradient (dx[j], dy[j]) from the gradient `dout` of the samples.
  void (*sample_row)(const s3n_sampling *sampling, const float *image, const float *x, const float *y, float *out);
  void (*sample_row_backward)(const s3n_sampling *sampling, const float *image, const float *x, const float *y,
                              const float *dout, float *dx, float *dy);

  /// The same for row `row` of a resampling, with offsets (x[j], y[j]) from each pixel's own place.
  void (*resample_row)(const s3n_resampling *resampling, const float *image, size_t row, const float *x,
                       const float *y, float *out);
  void (*resample_row_backward)(const s3n_resampling *resampling, const float *image, size_t row, const float *x,
                                const float *y, const float *dout, float *dx, float *dy);

  /// to[i] += sum over j < taps of weight[j] * from[j * stride + i]; reads up to 31 numbers beyond the last.
  void (*add_weighted)(const double *from, size_t stride, const double *weight, size_t taps, double *to, size_t count);

  /// to[i] += weight * from[i]
  void (*add_multiple)(const double *from, double weight, double *to, size_t count);

  /// to[i] = a[i] * b[i], or a[i] * conjugate(b[i]), for `count` complex numbers; accumulates if `add`.
  void (*multiply)(const double *a, const double *b, double *to, size_t count, int conjugate, int add);
} s3n_sampling_kernel_set;

/// The set for the current instruction set.
const s3n_sampling_kernel_set *s3n_sampling_kernels(void);

extern const s3n_sampling_kernel_set s3n_sampling_avx512, s3n_sampling_avx2, s3n_sampling_portable;
