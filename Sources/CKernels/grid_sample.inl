// Bilinear samples at given positions, zero outside the image: PyTorch's grid_sample with align_corners = true.

/// The positions of a block of samples: the pixel to the upper left, and the distance from it.
typedef struct {
  int32_t column[sample_block], row[sample_block];
  float right[sample_block], down[sample_block];
  int32_t inside[sample_block];  // all four neighbours can be read as four floats
} sample_places;

static inline void axis_places(const float *restrict coordinate, size_t count, size_t size, int32_t *restrict lower,
                               float *restrict weight) {
  const float scale = (float)size - 1, outside = (float)size + 1;
  for (size_t j = 0; j < count; j++) {
    float position = (coordinate[j] + 1) * 0.5f * scale;
    // A NaN fails the comparison, so its pixel is outside and its weight stays NaN.
    float bounded = position > -2 ? position : -2;
    bounded = bounded < outside ? bounded : outside;
    lower[j] = floor_of(bounded);
    weight[j] = (position == position ? bounded : position) - (float)lower[j];
  }
}

static void find_places(const s3n_sampling *sampling, const float *x, const float *y, size_t count,
                        sample_places *restrict places) {
  const int32_t width = (int32_t)sampling->width, height = (int32_t)sampling->height;
  axis_places(x, count, sampling->width, places->column, places->right);
  axis_places(y, count, sampling->height, places->row, places->down);
  for (size_t j = 0; j < count; j++) {
    int32_t column = places->column[j], row = places->row[j];
    // The last pixel of an image has no fourth float to read.
    int last = column == width - 2 && row == height - 2;
    places->inside[j] = (column >= 0) & (column <= width - 2) & (row >= 0) & (row <= height - 2) & !last;
  }
}

static float4 pixel_or_zero(const s3n_sampling *sampling, const float *image, int64_t row, int64_t column) {
  if (row < 0 || column < 0 || row >= (int64_t)sampling->height || column >= (int64_t)sampling->width)
    return (float4){0, 0, 0, 0};
  return load3(image + ((size_t)row * sampling->width + (size_t)column) * 3);
}

static inline four_pixels pixels_around(const s3n_sampling *sampling, const float *image, const sample_places *places,
                                        size_t j) {
  int64_t row = places->row[j], column = places->column[j];
  if (__builtin_expect(places->inside[j], 1)) {
    const float *above = image + ((size_t)row * sampling->width + (size_t)column) * 3;
    const float *below = above + sampling->width * 3;
    return (four_pixels){load4(above), load4(above + 3), load4(below), load4(below + 3)};
  }
  return (four_pixels){pixel_or_zero(sampling, image, row, column), pixel_or_zero(sampling, image, row, column + 1),
                       pixel_or_zero(sampling, image, row + 1, column),
                       pixel_or_zero(sampling, image, row + 1, column + 1)};
}

static void sample_row(const s3n_sampling *sampling, const float *image, const float *x, const float *y, float *out) {
  sample_places places;
  for (size_t first = 0; first < sampling->out_width; first += sample_block) {
    size_t left = sampling->out_width - first, count = left < sample_block ? left : sample_block;
    find_places(sampling, x + first, y + first, count, &places);
    for (size_t j = 0; j < count; j++) {
      float4 value = blend_pixels(pixels_around(sampling, image, &places, j), places.right[j], places.down[j]);
      store_pixel(out + (first + j) * 3, value, j + 1 == left);
    }
  }
}

static void sample_row_backward(const s3n_sampling *sampling, const float *image, const float *x, const float *y,
                                const float *dout, float *dx, float *dy) {
  const float scale_x = ((float)sampling->width - 1) * 0.5f, scale_y = ((float)sampling->height - 1) * 0.5f;
  sample_places places;
  for (size_t first = 0; first < sampling->out_width; first += sample_block) {
    size_t left = sampling->out_width - first, count = left < sample_block ? left : sample_block;
    find_places(sampling, x + first, y + first, count, &places);
    for (size_t j = 0; j < count; j++) {
      four_pixels p = pixels_around(sampling, image, &places, j);
      float4 gradient = load_gradient(dout + (first + j) * 3, j + 1 == left);
      float4 above = p.b - p.a, below = p.d - p.c, left_side = p.c - p.a, right_side = p.d - p.b;
      dx[first + j] = sum3(gradient * (above + places.down[j] * (below - above))) * scale_x;
      dy[first + j] = sum3(gradient * (left_side + places.right[j] * (right_side - left_side))) * scale_y;
    }
  }
}
