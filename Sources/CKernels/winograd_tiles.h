// The tiles of 4x4 outputs that a Winograd convolution works on.
#pragma once
#include "include/conv.h"

enum { winograd_points = 36 };

typedef struct {
  size_t rows, columns, in_image, all;
} s3n_tile_grid;

static inline s3n_tile_grid s3n_tiles_of(const s3n_conv *conv) {
  s3n_tile_grid grid = {(conv->grid_height + 3) / 4, (conv->grid_width + 3) / 4, 0, 0};
  grid.in_image = grid.rows * grid.columns;
  grid.all = grid.in_image * conv->images;
  return grid;
}

/// The 6x6 source pixels under a tile; NULL outside the image.
static inline void s3n_tile_sources(const s3n_conv *conv, const s3n_tile_grid *grid, size_t tile, const float *x,
                                    const float **pixels) {
  const size_t image = tile / grid->in_image, in_image = tile % grid->in_image;
  const ptrdiff_t top = (ptrdiff_t)(in_image / grid->columns * 4) + conv->offset_y;
  const ptrdiff_t left = (ptrdiff_t)(in_image % grid->columns * 4) + conv->offset_x;
  for (ptrdiff_t i = 0; i < 36; i++) {
    const ptrdiff_t y = top + i / 6, x0 = left + i % 6;
    const int inside = y >= 0 && y < (ptrdiff_t)conv->src_height && x0 >= 0 && x0 < (ptrdiff_t)conv->src_width;
    pixels[i] =
        inside ? x + ((image * conv->src_height + (size_t)y) * conv->src_width + (size_t)x0) * conv->channels : NULL;
  }
}

/// Offsets of the tile's 4x4 outputs; SIZE_MAX outside the grid.
static inline void s3n_tile_outputs(const s3n_conv *conv, const s3n_tile_grid *grid, size_t tile, size_t *offsets) {
  const size_t image = tile / grid->in_image, in_image = tile % grid->in_image;
  const size_t top = in_image / grid->columns * 4, left = in_image % grid->columns * 4;
  for (size_t i = 0; i < 16; i++) {
    const size_t y = top + i / 4, x = left + i % 4;
    const int inside = y < conv->grid_height && x < conv->grid_width;
    offsets[i] = inside ? ((image * conv->grid_height + y) * conv->grid_width + x) * conv->outputs : (size_t)-1;
  }
}
