#include "gather.h"

#include <string.h>

#include "kernels.h"

size_t s3n_depth_runs(const s3n_conv *conv, size_t wanted, s3n_depth_run *runs, size_t capacity) {
  size_t taps = conv->taps_y * conv->taps_x, count = 0;
  if (conv->channels >= wanted) {
    size_t parts = (conv->channels + wanted - 1) / wanted;
    if (parts * taps > capacity) parts = 1;
    size_t size = (conv->channels + parts - 1) / parts;
    for (size_t tap = 0; tap < taps; tap++)
      for (size_t first = 0; first < conv->channels && count < capacity; first += size)
        runs[count++] = (s3n_depth_run){tap, 1, first, first + size < conv->channels ? size : conv->channels - first};
    return count;
  }
  size_t parts = (taps * conv->channels + wanted - 1) / wanted;
  if (parts > capacity) parts = capacity;
  size_t size = parts ? (taps + parts - 1) / parts : 0;
  for (size_t first = 0; first < taps; first += size)
    runs[count++] = (s3n_depth_run){first, first + size < taps ? size : taps - first, 0, conv->channels};
  return count;
}

/// Pixels (sy, sx ..< sx + pixels) of an image, zeros where they lie outside.
static void read_span(const s3n_conv *conv, const float *x, s3n_reading reading, s3n_depth_run run, size_t image,
                      ptrdiff_t sy, ptrdiff_t sx, ptrdiff_t pixels, float *to) {
  const ptrdiff_t width = (ptrdiff_t)conv->src_width;
  ptrdiff_t first = sx < 0 ? -sx : 0, end = sx + pixels > width ? width - sx : pixels;
  if (sy < 0 || sy >= (ptrdiff_t)conv->src_height || first >= end) {
    memset(to, 0, (size_t)pixels * run.channels * sizeof(float));
    return;
  }
  const size_t bytes = run.channels * sizeof(float);
  const size_t pixel = (image * conv->src_height + (size_t)sy) * conv->src_width + (size_t)(sx + first);
  const float *from = x + pixel * conv->channels + run.first_channel;
  if (first > 0) memset(to, 0, (size_t)first * bytes);
  if (reading.scale)
    s3n_kernels()->read_pixels(from, reading.scale + run.first_channel, reading.shift + run.first_channel, reading.relu,
                               (size_t)(end - first), run.channels, to + (size_t)first * run.channels);
  else
    memcpy(to + (size_t)first * run.channels, from, (size_t)(end - first) * bytes);
  if (end < pixels) memset(to + (size_t)end * run.channels, 0, (size_t)(pixels - end) * bytes);
}

void s3n_gather(const s3n_conv *conv, const float *x, s3n_reading reading, s3n_depth_run run, size_t first_row,
                size_t rows, float *packed, size_t distance) {
  const size_t positions = conv->grid_height * conv->grid_width;
  size_t image = first_row / positions, in_image = first_row % positions;
  size_t u = in_image / conv->grid_width, v = in_image % conv->grid_width;
  for (size_t row = 0; row < rows; row++) {
    float *to = packed + row * distance;
    size_t ty = run.first_tap / conv->taps_x, tx = run.first_tap % conv->taps_x;
    for (size_t left = run.taps; left > 0;) {
      // Taps of one row of the kernel read neighbouring pixels, which lie side by side in memory.
      size_t taps = conv->taps_x - tx < left ? conv->taps_x - tx : left;
      ptrdiff_t sy = (ptrdiff_t)(u * conv->step + ty) + conv->offset_y;
      ptrdiff_t sx = (ptrdiff_t)(v * conv->step + tx) + conv->offset_x;
      read_span(conv, x, reading, run, image, sy, sx, (ptrdiff_t)taps, to);
      to += taps * run.channels;
      left -= taps;
      tx = 0, ty++;
    }
    if (++v == conv->grid_width) {
      v = 0;
      if (++u == conv->grid_height) u = 0, image++;
    }
  }
}
