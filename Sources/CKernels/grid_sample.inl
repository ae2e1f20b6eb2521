// Bilinear samples of an image of three channels. A pixel is read as four floats, the fourth being its neighbour's: a
// colour is then one vector, and two pixels in a row lie side by side, so that no gather is needed.
#include <string.h>

typedef float float4 __attribute__((vector_size(16), aligned(4), may_alias));

enum { sample_block = 64 };

/// Where a block of samples lies: the pixel up and left of it, and how far beyond that pixel.
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
    // A NaN compares false, lands outside and stays a NaN in its weight.
    float bounded = position > -2 ? position : -2;
    bounded = bounded < outside ? bounded : outside;
    int32_t whole = (int32_t)bounded;
    lower[j] = whole - ((float)whole > bounded);
    weight[j] = position - (float)lower[j];
  }
}

/// Sees a sample on the last pixel as one a whole step behind the last but one: its slope is then the image's, and not
/// that towards the zeros outside.
static inline void look_inward(size_t count, size_t size, int32_t *restrict lower, float *restrict weight) {
  const int32_t last = (int32_t)size - 1;
  for (size_t j = 0; j < count; j++) {
    int on_last = (lower[j] == last) & (weight[j] == 0) & (last > 0);
    lower[j] -= on_last;
    weight[j] = on_last ? 1 : weight[j];
  }
}

static void find_places(const s3n_sampling *sampling, const float *x, const float *y, size_t count, int inward,
                        sample_places *restrict places) {
  const int32_t width = (int32_t)sampling->width, height = (int32_t)sampling->height;
  axis_places(x, count, sampling->width, places->column, places->right);
  axis_places(y, count, sampling->height, places->row, places->down);
  if (inward) {
    look_inward(count, sampling->width, places->column, places->right);
    look_inward(count, sampling->height, places->row, places->down);
  }
  for (size_t j = 0; j < count; j++) {
    int32_t column = places->column[j], row = places->row[j];
    // The last pixel of an image has no fourth float.
    int last = column == width - 2 && row == height - 2;
    places->inside[j] = (column >= 0) & (column <= width - 2) & (row >= 0) & (row <= height - 2) & !last;
  }
}

static inline float4 load4(const float *from) { return *(const float4 *)from; }

static float4 load3(const float *from) { return (float4){from[0], from[1], from[2], 0}; }

static float4 pixel_or_zero(const s3n_sampling *sampling, const float *image, int64_t row, int64_t column) {
  if (row < 0 || column < 0 || row >= (int64_t)sampling->height || column >= (int64_t)sampling->width)
    return (float4){0, 0, 0, 0};
  return load3(image + ((size_t)row * sampling->width + (size_t)column) * 3);
}

typedef struct { float4 a, b, c, d; } four_pixels;  // a b above c d

static inline four_pixels read_pixels_around(const s3n_sampling *sampling, const float *image,
                                             const sample_places *places, size_t j) {
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
    find_places(sampling, x + first, y + first, count, 0, &places);
    for (size_t j = 0; j < count; j++) {
      four_pixels p = read_pixels_around(sampling, image, &places, j);
      float4 above = p.a + places.right[j] * (p.b - p.a), below = p.c + places.right[j] * (p.d - p.c);
      float4 value = above + places.down[j] * (below - above);
      float *to = out + (first + j) * 3;
      // The fourth float is overwritten by the next pixel; behind the row's last one stands another row.
      if (j + 1 < left)
        memcpy(to, &value, 4 * sizeof(float));
      else
        memcpy(to, &value, 3 * sizeof(float));
    }
  }
}

static void sample_row_backward(const s3n_sampling *sampling, const float *image, const float *x, const float *y,
                                const float *dout, int inward, float *dx, float *dy) {
  const float scale_x = ((float)sampling->width - 1) * 0.5f, scale_y = ((float)sampling->height - 1) * 0.5f;
  sample_places places;
  for (size_t first = 0; first < sampling->out_width; first += sample_block) {
    size_t left = sampling->out_width - first, count = left < sample_block ? left : sample_block;
    find_places(sampling, x + first, y + first, count, inward, &places);
    for (size_t j = 0; j < count; j++) {
      four_pixels p = read_pixels_around(sampling, image, &places, j);
      const float *from = dout + (first + j) * 3;
      float4 gradient = j + 1 < left ? load4(from) : load3(from);
      float4 above = p.b - p.a, below = p.d - p.c, leftmost = p.c - p.a, rightmost = p.d - p.b;
      float4 along_x = gradient * (above + places.down[j] * (below - above));
      float4 along_y = gradient * (leftmost + places.right[j] * (rightmost - leftmost));
      dx[first + j] = (along_x[0] + along_x[1] + along_x[2]) * scale_x;
      dy[first + j] = (along_y[0] + along_y[1] + along_y[2]) * scale_y;
    }
  }
}
