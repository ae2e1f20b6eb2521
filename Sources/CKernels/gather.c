#include "gather.h"

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
