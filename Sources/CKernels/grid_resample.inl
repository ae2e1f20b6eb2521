// Bilinear samples around each pixel's own place. Takes offsets instead of positions, because slopes jump from pixel to
// pixel: if a pixel moves by a billionth, its offset still tells to which side; its position does not.

/// The positions of a block of samples: the pixel to the upper left, and the distance from it.
typedef struct {
  int32_t column[sample_block], row[sample_block];
  float right[sample_block], down[sample_block];
  int32_t column_met[sample_block], row_met[sample_block];  // exactly on a pixel that has neighbours on both sides
  int32_t inside[sample_block];                             // all four neighbours can be read as four floats
} moved_places;

/// Outputs first ..< first + count of one axis. A sample on the last pixel lies one whole step after the previous one.
static inline void axis_moved(const s3n_axis *pixels, size_t first, const float *restrict offset, size_t count,
                              int fixed, int32_t *restrict lower, float *restrict weight, int32_t *restrict met) {
  const int32_t *restrict own = pixels->lower + first;
  const float *restrict beyond = pixels->weight + first;
  const int32_t last = (int32_t)pixels->inputs - 1;
  const float scale = (float)last * 0.5f, bound = (float)last + 2;
  const size_t step = fixed ? 0 : 1;
  for (size_t j = 0; j < count; j++) {
    float moved = beyond[j * step] + offset[j] * scale;
    // A NaN fails the comparison, so it is clamped to the border and its weight stays NaN.
    float bounded = moved > -bound ? moved : -bound;
    bounded = bounded < bound ? bounded : bound;
    int32_t base = floor_of(bounded), at = own[j * step] + base;
    float rest = bounded - (float)base;
    rest = ((at < 0) | (at >= last)) ? 0 : rest;
    at = at < 0 ? 0 : at;
    at = at > last ? last : at;
    met[j] = (rest == 0) & (at > 0) & (at < last);
    int32_t on_last = (at == last) & (last > 0);
    lower[j] = at - on_last;
    rest = on_last ? 1 : rest;
    weight[j] = moved == moved ? rest : moved;
  }
}

static void find_moved(const s3n_resampling *resampling, size_t row, size_t first, const float *x, const float *y,
                       size_t count, moved_places *restrict places) {
  const s3n_axis *columns = &resampling->pixel_columns, *rows = &resampling->pixel_rows;
  const int32_t width = (int32_t)columns->inputs, height = (int32_t)rows->inputs;
  axis_moved(columns, first, x, count, 0, places->column, places->right, places->column_met);
  axis_moved(rows, row, y, count, 1, places->row, places->down, places->row_met);
  for (size_t j = 0; j < count; j++) {
    // The last pixel of an image has no fourth float to read.
    int last = (places->column[j] == width - 2) & (places->row[j] == height - 2);
    places->inside[j] = (width > 1) & (height > 1) & !last;
  }
}

/// The four pixels around a sample; the last row and column repeat beyond the border.
static inline four_pixels moved_pixels(const float *image, size_t width, size_t height, const moved_places *places,
                                       size_t j) {
  const float *a = image + ((size_t)places->row[j] * width + (size_t)places->column[j]) * 3;
  if (__builtin_expect(places->inside[j], 1)) {
    const float *c = a + width * 3;
    __builtin_prefetch(c + width * 3);  // the next row of samples needs it; the hardware does not see the rows coming
    return (four_pixels){load4(a), load4(a + 3), load4(c), load4(c + 3)};
  }
  const size_t right = (size_t)places->column[j] + 1 < width ? 3 : 0;
  const float *c = (size_t)places->row[j] + 1 < height ? a + width * 3 : a;
  return (four_pixels){load3(a), load3(a + right), load3(c), load3(c + right)};
}

static void resample_row(const s3n_resampling *resampling, const float *image, size_t row, const float *x,
                         const float *y, float *out) {
  const size_t width = resampling->pixel_columns.inputs, height = resampling->pixel_rows.inputs;
  const size_t outputs = resampling->pixel_columns.outputs;
  moved_places places;
  for (size_t first = 0; first < outputs; first += sample_block) {
    size_t left = outputs - first, count = left < sample_block ? left : sample_block;
    find_moved(resampling, row, first, x + first, y + first, count, &places);
    for (size_t j = 0; j < count; j++) {
      float4 value = blend_pixels(moved_pixels(image, width, height, &places, j), places.right[j], places.down[j]);
      store_pixel(out + (first + j) * 3, value, j + 1 == left);
    }
  }
}

static void resample_row_backward(const s3n_resampling *resampling, const float *image, size_t row, const float *x,
                                  const float *y, const float *dout, float *dx, float *dy) {
  const size_t width = resampling->pixel_columns.inputs, height = resampling->pixel_rows.inputs;
  const size_t outputs = resampling->pixel_columns.outputs;
  const float scale_x = ((float)width - 1) * 0.5f, scale_y = ((float)height - 1) * 0.5f;
  moved_places places;
  for (size_t first = 0; first < outputs; first += sample_block) {
    size_t left = outputs - first, count = left < sample_block ? left : sample_block;
    find_moved(resampling, row, first, x + first, y + first, count, &places);
    for (size_t j = 0; j < count; j++) {
      four_pixels p = moved_pixels(image, width, height, &places, j);
      float4 gradient = load_gradient(dout + (first + j) * 3, j + 1 == left);
      float4 above = p.b - p.a, below = p.d - p.c, left_side = p.c - p.a, right_side = p.d - p.b;
      if (__builtin_expect(places.column_met[j] | places.row_met[j], 0)) {
        const float *at = image + ((size_t)places.row[j] * width + (size_t)places.column[j]) * 3;
        const size_t line = width * 3, down = (size_t)places.row[j] + 1 < height ? line : 0;
        const size_t right = (size_t)places.column[j] + 1 < width ? 3 : 0;
        if (places.column_met[j]) above = (p.b - load3(at - 3)) * 0.5f, below = (p.d - load3(at + down - 3)) * 0.5f;
        if (places.row_met[j])
          left_side = (p.c - load3(at - line)) * 0.5f, right_side = (p.d - load3(at - line + right)) * 0.5f;
      }
      dx[first + j] = sum3(gradient * (above + places.down[j] * (below - above))) * scale_x;
      dy[first + j] = sum3(gradient * (left_side + places.right[j] * (right_side - left_side))) * scale_y;
    }
  }
}
