// Gathering of source values for a block of positions (gather.h), and of columns for a panel.

/// Short rows are common here; a call into the C library for each would cost more than the copy.
static inline __attribute__((always_inline)) void copy(const float *from, float *to, size_t count) {
  size_t i = 0;
  for (; i + lanes <= count; i += lanes) *(unaligned_vector *)(to + i) = *(const unaligned_vector *)(from + i);
  if (i == count) return;
  if (count >= lanes)  // the last vector overlaps the one before
    *(unaligned_vector *)(to + count - lanes) = *(const unaligned_vector *)(from + count - lanes);
  else
    for (; i < count; i++) to[i] = from[i];
}

static inline __attribute__((always_inline)) void clear(float *to, size_t count) {
  for (size_t i = 0; i < count; i++) to[i] = 0;
}

/// packed[i * nr + j] = from[i * distance + j], zeros from column `columns` on.
static void pack_columns(const float *from, size_t distance, size_t rows, size_t columns, float *packed) {
  for (size_t i = 0; i < rows; i++, from += distance, packed += nr) {
    if (columns == nr) {
      for (size_t j = 0; j < nr; j += lanes) *(vector *)(packed + j) = *(const unaligned_vector *)(from + j);
    } else {
      for (size_t j = 0; j < nr; j++) packed[j] = j < columns ? from[j] : 0;
    }
  }
}

/// Pixels (sy, sx ..< sx + pixels) of an image, zeros where they lie outside.
static void read_span(const s3n_conv *conv, const float *x, s3n_prologue prologue, s3n_depth_run run, size_t image,
                      ptrdiff_t sy, ptrdiff_t sx, ptrdiff_t pixels, float *to) {
  const ptrdiff_t width = (ptrdiff_t)conv->src_width;
  ptrdiff_t first = sx < 0 ? -sx : 0, end = sx + pixels > width ? width - sx : pixels;
  if (sy < 0 || sy >= (ptrdiff_t)conv->src_height || first >= end) {
    clear(to, (size_t)pixels * run.channels);
    return;
  }
  const size_t pixel = (image * conv->src_height + (size_t)sy) * conv->src_width + (size_t)(sx + first);
  const float *from = x + pixel * conv->channels + run.first_channel;
  if (first > 0) clear(to, (size_t)first * run.channels);
  if (prologue.scale)
    read_pixels(from, prologue.scale + run.first_channel, prologue.shift + run.first_channel, prologue.relu,
                               (size_t)(end - first), run.channels, to + (size_t)first * run.channels);
  else
    copy(from, to + (size_t)first * run.channels, (size_t)(end - first) * run.channels);
  if (end < pixels) clear(to + (size_t)end * run.channels, (size_t)(pixels - end) * run.channels);
}

static void gather(const s3n_conv *conv, const float *x, s3n_prologue prologue, s3n_depth_run run, size_t first_row,
                size_t rows, float *packed, size_t distance) {
  if (s3n_positions_are_pixels(conv)) {  // rows lie side by side
    const float *from = x + first_row * conv->channels + run.first_channel;
    for (size_t row = 0; row < rows; row++, from += conv->channels, packed += distance)
      if (prologue.scale)
        read_pixels(from, prologue.scale + run.first_channel, prologue.shift + run.first_channel, prologue.relu, 1,
                    run.channels, packed);
      else
        copy(from, packed, run.channels);
    return;
  }
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
      read_span(conv, x, prologue, run, image, sy, sx, (ptrdiff_t)taps, to);
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
