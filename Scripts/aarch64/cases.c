// The kernels against their definitions in double precision, in both precisions: a program of its own, so that it can be run
// where Swift is not, such as under qemu.
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "batch_norm.h"
#include "conv.h"
#include "isa.h"
#include "thread_pool.h"
#include "winograd.h"

static int failures = 0;

static void *memory(size_t bytes) {
  void *result = aligned_alloc(64, (bytes + 127) / 64 * 64);
  if (!result) exit(2);
  return result;
}

/// Numbers from -1 to 1 that bfloat16 holds too, the same in every run.
static float *numbers(size_t count, unsigned seed) {
  float *result = memory(count * sizeof(float));
  for (size_t i = 0; i < count; i++) {
    seed = seed * 1664525 + 1013904223;
    result[i] = (float)((int)(seed >> 24) - 128) / 128;
  }
  return result;
}

static void *as(s3n_precision precision, const float *values, size_t count) {
  void *result = memory(count * sizeof(float));
  s3n_convert(s3n_fp32, values, precision, result, count);
  return result;
}

/// Holds `found` of a precision against what it should be: within what sums in another order are off by and, where it is
/// rounded, half a unit of 8 bits.
static void hold(const char *what, s3n_precision precision, const void *found, const double *expected, size_t count) {
  float *values = memory(count * sizeof(float));
  s3n_convert(precision, found, s3n_fp32, values, count);
  double largest = 0;
  size_t wrong = 0;
  for (size_t i = 0; i < count; i++) largest = fmax(largest, fabs(expected[i]));
  for (size_t i = 0; i < count; i++) {
    const double allowed = 5e-6 * largest + (precision == s3n_bf16 ? fabs(expected[i]) / 256 : 0);
    wrong += !(fabs(values[i] - expected[i]) <= allowed);
  }
  printf("%s %s: %zu of %zu\n", wrong ? "FAILS" : "holds", what, count - wrong, count);
  failures += wrong > 0;
  free(values);
}

typedef struct { size_t images, side, channels, outputs, kernel, stride; } shape;

static void check(s3n_precision precision, shape s, int winograd) {
  const size_t pad = s.kernel / 2, out = (s.side + 2 * pad - s.kernel) / s.stride + 1, depth = s.kernel * s.kernel * s.channels;
  const size_t xs = s.images * s.side * s.side * s.channels, ys = s.images * out * out * s.outputs, ws = depth * s.outputs;
  float *x = numbers(xs, 1), *w = numbers(ws, 2), *dy = numbers(ys, 3);
  double *y = calloc(ys, sizeof *y), *dw = calloc(ws, sizeof *dw);
  for (size_t n = 0; n < s.images; n++)
    for (size_t u = 0; u < out * out; u++)
      for (size_t tap = 0; tap < s.kernel * s.kernel; tap++) {
        const size_t row = u / out * s.stride + tap / s.kernel, column = u % out * s.stride + tap % s.kernel;
        if (row < pad || row >= s.side + pad || column < pad || column >= s.side + pad) continue;
        const size_t pixel = ((n * s.side + row - pad) * s.side + column - pad) * s.channels;
        for (size_t c = 0; c < s.channels; c++)
          for (size_t o = 0; o < s.outputs; o++) {
            const size_t at = (tap * s.channels + c) * s.outputs + o, to = (n * out * out + u) * s.outputs + o;
            y[to] += (double)x[pixel + c] * w[at];
            dw[at] += (double)x[pixel + c] * dy[to];
          }
      }
  const s3n_conv conv = {s.images, s.side, s.side, s.channels, out, out, s.kernel, s.kernel, s.stride,
                         -(ptrdiff_t)pad, -(ptrdiff_t)pad, out, out, s.outputs, 1, 0, 0, precision};
  void *stored_x = as(precision, x, xs), *stored_dy = as(precision, dy, ys), *found = memory(ys * sizeof(float));
  float *found_dw = memory(ws * sizeof(float));
  memset(found_dw, 0, ws * sizeof(float));
  char what[100];
  snprintf(what, sizeof what, "%s %s %zux%zu stride %zu, %zu to %zu", precision == s3n_bf16 ? "bf16" : "fp32",
           winograd ? "Winograd" : "direct", s.kernel, s.kernel, s.stride, s.channels, s.outputs);
  if (winograd) {
    float *packed = memory(s3n_winograd_weights_count(s.channels, s.outputs) * sizeof(float));
    float *workspace = memory(s3n_winograd_gradient_workspace(&conv) * sizeof(float));
    s3n_winograd_pack_forward(precision, s.stride, s.channels, s.outputs, w, packed);
    s3n_winograd_run(&conv, stored_x, (s3n_prologue){0}, packed, found, (s3n_epilogue){0});
    s3n_winograd_weight_gradient(&conv, stored_x, (s3n_prologue){0}, stored_dy, found_dw, workspace);
    free(packed), free(workspace);
  } else {
    float *packed = memory(s3n_packed_count(precision, depth, s.outputs) * sizeof(float));
    float *partials = memory(s3n_conv_weight_partials(&conv) * sizeof(float));
    s3n_pack_forward(precision, depth, s.outputs, w, packed);
    s3n_conv_run(&conv, stored_x, (s3n_prologue){0}, packed, found, (s3n_epilogue){0});
    s3n_conv_weight_gradient(&conv, stored_x, (s3n_prologue){0}, stored_dy, found_dw, partials);
    free(packed), free(partials);
  }
  hold(what, precision, found, y, ys);
  strcat(what, ", weights");
  hold(what, s3n_fp32, found_dw, dw, ws);
  free(x), free(w), free(dy), free(y), free(dw), free(stored_x), free(stored_dy), free(found), free(found_dw);
}

static void check_join(void) {
  enum { rows = 70, channels = 21, count = rows * channels };
  float *y = numbers(count, 4), *r = numbers(count, 5), *scale = numbers(channels, 6), *shift = numbers(channels, 7);
  double expected[count];
  for (size_t i = 0; i < count; i++) {
    const double normed = (double)y[i] * scale[i % channels] + shift[i % channels];
    expected[i] = fmax(0, normed + r[i]);
  }
  float *out = memory(count * sizeof(float));
  const s3n_join join = {s3n_fp32, channels, y, scale, shift, r, NULL, NULL, 1, out};
  s3n_join_rows(&join, rows);
  hold("join", s3n_fp32, out, expected, count);
  free(y), free(r), free(scale), free(shift), free(out);
}

int main(void) {
  s3n_set_thread_count(2);
  printf("instruction set: %s\n", s3n_isa_name(s3n_current_isa()));
  static const shape shapes[] = {{1, 9, 3, 5, 7, 2}, {2, 7, 40, 33, 1, 1}, {2, 8, 33, 31, 3, 1}, {3, 6, 64, 40, 3, 2}};
  static const shape wide[] = {{2, 9, 32, 64, 3, 1}, {1, 14, 64, 32, 3, 2}};
  for (s3n_precision precision = s3n_fp32; precision <= s3n_bf16; precision++) {
    for (size_t i = 0; i < sizeof shapes / sizeof *shapes; i++) check(precision, shapes[i], 0);
    for (size_t i = 0; i < sizeof wide / sizeof *wide; i++) check(precision, wide[i], 1);
  }
  check_join();
  printf(failures ? "%d FAIL\n" : "all hold\n", failures);
  return failures > 0;
}
