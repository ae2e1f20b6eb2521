// Gathering of source values for a block of positions (gather.h), and of columns for a panel.

enum { elements_in_factor = sizeof(factor) / sizeof(element), elements_in_vector = VECTOR_BYTES / sizeof(element) };

typedef element unaligned_elements __attribute__((vector_size(VECTOR_BYTES), aligned(sizeof(element))));

/// Short rows are common here; a call into the C library for each would cost more than the copy.
INLINE void copy(const element *from, element *to, size_t count) {
  size_t i = 0;
  for (; i + elements_in_vector <= count; i += elements_in_vector)
    *(unaligned_elements *)(to + i) = *(const unaligned_elements *)(from + i);
  if (i == count) return;
  if (count >= elements_in_vector)  // the last vector overlaps the one before
    *(unaligned_elements *)(to + count - elements_in_vector) =
        *(const unaligned_elements *)(from + count - elements_in_vector);
  else
    for (; i < count; i++) to[i] = from[i];
}

INLINE void clear(element *to, size_t count) {
  for (size_t i = 0; i < count; i++) to[i] = 0;
}

#ifndef BF16

/// packed[i * nr + j] = from[i * distance + j], zeros from column `columns` on.
static void pack_columns(const void *source, size_t distance, size_t rows, size_t columns, void *panel) {
  const element *from = source;
  factor *packed = panel;
  for (size_t i = 0; i < rows; i++, from += distance, packed += nr) {
    if (columns == nr) {
      for (size_t j = 0; j < nr; j += lanes) *(vector *)(packed + j) = *(const unaligned_vector *)(from + j);
    } else {
      for (size_t j = 0; j < nr; j++) packed[j] = j < columns ? from[j] : 0;
    }
  }
}

#else

/// to[p * to_distance + j] = the pair of from[2p * distance + j] and from[(2p + 1) * distance + j], the latter zero beyond the
/// last of the rows; `distance` in elements, `to_distance` in pairs.
static void pair_rows(const void *source, size_t distance, size_t rows, size_t columns, void *pairs,
                      size_t to_distance) {
  const element *low = source;
  factor *to = pairs;
  for (size_t i = 0; i < rows; i += 2, low += 2 * distance, to += to_distance) {
    const element *high = i + 1 < rows ? low + distance : NULL;
    size_t j = 0;
    for (; j + lanes <= columns; j += lanes) {
      const factors upper = high ? widened(high + j) << 16 : (factors){};
      const factors pair = widened(low + j) | upper;
      memcpy(to + j, &pair, sizeof pair);
    }
    for (; j < columns; j++) to[j] = low[j] | (high ? (factor)high[j] << 16 : 0);
  }
}

/// The same for the columns of a panel, zeros from column `columns` on.
static void pack_columns(const void *source, size_t distance, size_t rows, size_t columns, void *panel) {
  pair_rows(source, distance, rows, columns, panel, nr);
  factor *packed = panel;
  if (columns < nr)
    for (size_t i = 0; i < rows; i += 2, packed += nr)
      for (size_t j = columns; j < nr; j++) packed[j] = 0;
}

#endif

/// Pixels (sy, sx ..< sx + pixels) of an image, zeros where they lie outside.
static void read_span(const s3n_conv *conv, const element *x, s3n_prologue prologue, s3n_depth_run run, size_t image,
                      ptrdiff_t sy, ptrdiff_t sx, ptrdiff_t pixels, element *to) {
  const ptrdiff_t width = (ptrdiff_t)conv->src_width;
  ptrdiff_t first = sx < 0 ? -sx : 0, end = sx + pixels > width ? width - sx : pixels;
  if (sy < 0 || sy >= (ptrdiff_t)conv->src_height || first >= end) {
    clear(to, (size_t)pixels * run.channels);
    return;
  }
  const size_t pixel = (image * conv->src_height + (size_t)sy) * conv->src_width + (size_t)(sx + first);
  const element *from = x + pixel * conv->channels + run.first_channel;
  if (first > 0) clear(to, (size_t)first * run.channels);
  if (prologue.scale)
    read_pixels(from, prologue.scale + run.first_channel, prologue.shift + run.first_channel, prologue.relu,
                (size_t)(end - first), run.channels, to + (size_t)first * run.channels);
  else
    copy(from, to + (size_t)first * run.channels, (size_t)(end - first) * run.channels);
  if (end < pixels) clear(to + (size_t)end * run.channels, (size_t)(pixels - end) * run.channels);
}

static void gather(const s3n_conv *conv, const void *source, s3n_prologue prologue, s3n_depth_run run, size_t first_row,
                   size_t rows, void *gathered, size_t factor_distance) {
  const element *x = source;
  element *packed = gathered;
  const size_t distance = factor_distance * elements_in_factor, depth = run.taps * run.channels;
  // A half pair at the end is completed with zero.
  if (depth % elements_in_factor != 0)
    for (size_t row = 0; row < rows; row++) packed[row * distance + depth] = 0;
  if (s3n_positions_are_pixels(conv)) {  // rows lie side by side
    const element *from = x + first_row * conv->channels + run.first_channel;
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
    element *to = packed + row * distance;
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
