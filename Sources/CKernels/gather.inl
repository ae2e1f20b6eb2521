// Gathers source values for a block of positions (gather.h), and columns for a panel.

// Nearly all 64-byte vectors would straddle two cache lines.
enum { copied_bytes = VECTOR_BYTES < 32 ? VECTOR_BYTES : 32 };
enum { elements_in_factor = sizeof(factor) / sizeof(element), elements_in_copy = copied_bytes / sizeof(element) };

typedef element copied_elements __attribute__((vector_size(copied_bytes), aligned(sizeof(element))));

/// Copies short rows, which are common here: calling the C library for each would cost more than the copy.
INLINE void copy(const element *from, element *to, size_t count) {
  size_t i = 0;
#pragma clang loop unroll(disable)
  for (; i + elements_in_copy <= count; i += elements_in_copy)
    *(copied_elements *)(to + i) = *(const copied_elements *)(from + i);
  if (i == count) return;
  if (count >= elements_in_copy)  // the last vector overlaps the one before
    *(copied_elements *)(to + count - elements_in_copy) = *(const copied_elements *)(from + count - elements_in_copy);
  else
    for (; i < count; i++) to[i] = from[i];
}

INLINE void clear(element *to, size_t count) {
  for (size_t i = 0; i < count; i++) to[i] = 0;
}

#ifndef BF16

/// packed[i * nr + j] = from[i * distance + j], or zero from column `columns` on.
static void pack_columns(const void *source, size_t distance, size_t rows, size_t columns, void *panel) {
  const element *from = source;
  factor *packed = panel;
  const size_t whole = columns / lanes * lanes;
  for (size_t i = 0; i < rows; i++, from += distance, packed += nr) {
    for (size_t j = 0; j < whole; j += lanes) *(vector *)(packed + j) = *(const unaligned_vector *)(from + j);
    for (size_t j = whole; j < nr; j++) packed[j] = j < columns ? from[j] : 0;
  }
}

#else

/// to[p * to_distance + j] = the pair of from[2p * distance + j] and from[(2p + 1) * distance + j], the latter zero
/// after the last row; `distance` is in elements, `to_distance` in pairs.
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

/// The same for the columns of a panel, with zeros from column `columns` on.
static void pack_columns(const void *source, size_t distance, size_t rows, size_t columns, void *panel) {
  pair_rows(source, distance, rows, columns, panel, nr);
  factor *packed = panel;
  if (columns < nr)
    for (size_t i = 0; i < rows; i += 2, packed += nr)
      for (size_t j = columns; j < nr; j++) packed[j] = 0;
}

#endif

/// Reads adjacent pixels through the prologue.
INLINE void read_neighbours(const element *from, s3n_prologue prologue, s3n_depth_run run, size_t pixels, element *to) {
  if (prologue.scale)
    read_pixels(from, prologue.scale + run.first_channel, prologue.shift + run.first_channel, prologue.relu, pixels,
                run.channels, to);
  else
    copy(from, to, pixels * run.channels);
}

/// Reads pixels (sy, sx ..< sx + pixels) of an image, with zeros outside it.
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
  read_neighbours(from, prologue, run, (size_t)(end - first), to + (size_t)first * run.channels);
  if (end < pixels) clear(to + (size_t)end * run.channels, (size_t)(pixels - end) * run.channels);
}

/// A row of the kernel's taps in a depth run: `values` adjacent values, `offset` values after those of the first tap.
typedef struct {
  size_t y, x, taps, offset, values;
} tap_row;

enum { most_tap_rows = 22 };  // of the largest kernel, Conv2DGeometry

static size_t tap_rows(const s3n_conv *conv, s3n_depth_run run, tap_row *rows) {
  size_t count = 0;
  for (size_t tap = run.first_tap, end = tap + run.taps; tap < end;) {
    const size_t y = tap / conv->taps_x, x = tap % conv->taps_x, in_row = conv->taps_x - x;
    const size_t taps = in_row < end - tap ? in_row : end - tap;
    rows[count++] = (tap_row){y, x, taps, (y * conv->src_width + x) * conv->channels, taps * run.channels};
    tap += taps;
  }
  return count;
}

static void read_rows(const element *from, s3n_prologue prologue, s3n_depth_run run, const tap_row *rows, size_t count,
                      element *to) {
  for (; count > 0; count--, to += rows++->values)
    read_neighbours(from + rows->offset, prologue, run, rows->taps, to);
}

static void gather(const s3n_conv *conv, const void *source, s3n_prologue prologue, s3n_depth_run run, size_t first_row,
                   size_t rows, void *gathered, size_t factor_distance) {
  const element *values = source;
  element *packed = gathered;
  const size_t distance = factor_distance * elements_in_factor, depth = run.taps * run.channels;
  // Pads an incomplete last pair with zero.
  if (depth % elements_in_factor != 0)
    for (size_t row = 0; row < rows; row++) packed[row * distance + depth] = 0;
  if (s3n_positions_are_pixels(conv)) {  // rows lie side by side
    const element *from = values + first_row * conv->channels + run.first_channel;
    for (size_t row = 0; row < rows; row++, from += conv->channels, packed += distance)
      read_neighbours(from, prologue, run, 1, packed);
    return;
  }
  tap_row spans[most_tap_rows];
  const size_t count = tap_rows(conv, run, spans);
  const size_t positions = conv->grid_height * conv->grid_width;
  size_t image = first_row / positions, in_image = first_row % positions;
  size_t u = in_image / conv->grid_width, v = in_image % conv->grid_width;
  for (size_t row = 0; row < rows; row++, packed += distance) {
    const ptrdiff_t y = (ptrdiff_t)(u * conv->step) + conv->offset_y, x = (ptrdiff_t)(v * conv->step) + conv->offset_x;
    const int is_inside = y >= 0 && y + conv->taps_y <= conv->src_height && x >= 0 && x + conv->taps_x <= conv->src_width;
    if (is_inside) {
      const size_t pixel = (image * conv->src_height + (size_t)y) * conv->src_width + (size_t)x;
      read_rows(values + pixel * conv->channels + run.first_channel, prologue, run, spans, count, packed);
    } else {
      element *to = packed;
      for (size_t i = 0; i < count; to += spans[i++].values)
        read_span(conv, values, prologue, run, image, y + (ptrdiff_t)spans[i].y, x + (ptrdiff_t)spans[i].x,
                  (ptrdiff_t)spans[i].taps, to);
    }
    if (++v == conv->grid_width) {
      v = 0;
      if (++u == conv->grid_height) u = 0, image++;
    }
  }
}
