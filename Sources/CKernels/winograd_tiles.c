#include "winograd_tiles.h"

#include <stdint.h>

#include "include/winograd.h"

// The phases of stride 2 take 25, 20, 20 and 16 products; the last three share weights (winograd_strided.inl).
#define STRIDED_POINTS                                                                                               \
  .points = 81, .first_point = {0,  1,  2,  3,  4,  5,  9,  10, 11, 12, 13, 14, 18, 19, 20, 21, 22, 23, 27,        \
                                28, 29, 30, 31, 32, 36, 37, 38, 39, 40, 41, 45, 49, 53, 57, 61, 65, 81}

static const s3n_tile_scheme schemes[] = {
    [winograd_unit] = {.sources = 6,
                       .source_step = 4,
                       .outputs = 4,
                       .source = {0, 1, 2, 3, 4, 5},
                       .output = {0, 1, 2, 3},
                       .points = 36,
                       .first_point = {0,  1,  2,  3,  4,  5,  6,  7,  8,  9,  10, 11, 12, 13, 14, 15, 16, 17, 18,
                                       19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30, 31, 32, 33, 34, 35, 36}},
    [winograd_strided] = {.sources = 9,
                          .source_step = 8,
                          .outputs = 4,
                          .source = {0, 2, 4, 6, 8, 1, 3, 5, 7},
                          .output = {0, 1, 2, 3},
                          STRIDED_POINTS},
    // With a padding of 1, pixel 2j + 1 of dx gets the outer taps, from pixels j and j + 1 of dy, and pixel 2j the
    // middle tap, from pixel j.
    [winograd_phased] = {.sources = 9,
                         .source_step = 4,
                         .outputs = 8,
                         .source = {0, 1, 2, 3, 4, 0, 1, 2, 3},
                         .output = {1, 3, 5, 7, 0, 2, 4, 6},
                         STRIDED_POINTS},
};

s3n_winograd_scheme s3n_winograd_scheme_of(const s3n_conv *conv) {
  return conv->step == 2 ? winograd_strided : conv->dst_step == 2 ? winograd_phased : winograd_unit;
}

s3n_tile_grid s3n_tiles_of(const s3n_conv *conv) {
  s3n_tile_grid grid = {.scheme = &schemes[s3n_winograd_scheme_of(conv)]};
  grid.rows = (conv->dst_height + grid.scheme->outputs - 1) / grid.scheme->outputs;
  grid.columns = (conv->dst_width + grid.scheme->outputs - 1) / grid.scheme->outputs;
  grid.in_image = grid.rows * grid.columns;
  grid.all = grid.in_image * conv->images;
  return grid;
}

size_t s3n_winograd_products(const s3n_conv *conv) {
  const s3n_tile_grid grid = s3n_tiles_of(conv);
  return grid.all * grid.scheme->points;
}

void s3n_tile_sources(const s3n_conv *conv, const s3n_tile_grid *grid, size_t tile, const void *x, const void **pixels) {
  const size_t pixel_bytes = conv->channels * s3n_element_bytes(conv->precision);
  const s3n_tile_scheme *scheme = grid->scheme;
  const size_t image = tile / grid->in_image, in_image = tile % grid->in_image;
  const ptrdiff_t top = (ptrdiff_t)(in_image / grid->columns * scheme->source_step) + conv->offset_y;
  const ptrdiff_t left = (ptrdiff_t)(in_image % grid->columns * scheme->source_step) + conv->offset_x;
  for (size_t i = 0; i < scheme->sources; i++) {
    const ptrdiff_t y = top + scheme->source[i];
    for (size_t j = 0; j < scheme->sources; j++) {
      const ptrdiff_t x0 = left + scheme->source[j];
      const int inside = y >= 0 && y < (ptrdiff_t)conv->src_height && x0 >= 0 && x0 < (ptrdiff_t)conv->src_width;
      const size_t pixel = (image * conv->src_height + (size_t)y) * conv->src_width + (size_t)x0;
      *pixels++ = inside ? (const char *)x + pixel * pixel_bytes : NULL;
    }
  }
}

void s3n_tile_outputs(const s3n_conv *conv, const s3n_tile_grid *grid, size_t tile, size_t *offsets) {
  const s3n_tile_scheme *scheme = grid->scheme;
  const size_t image = tile / grid->in_image, in_image = tile % grid->in_image;
  const size_t top = in_image / grid->columns * scheme->outputs, left = in_image % grid->columns * scheme->outputs;
  for (size_t i = 0; i < scheme->outputs; i++) {
    const size_t y = top + scheme->output[i];
    for (size_t j = 0; j < scheme->outputs; j++) {
      const size_t x = left + scheme->output[j];
      const int inside = y < conv->dst_height && x < conv->dst_width;
      *offsets++ = inside ? ((image * conv->dst_height + y) * conv->dst_width + x) * conv->outputs : SIZE_MAX;
    }
  }
}
