// The tiles of a Winograd convolution and its three schemes.
#pragma once
#include "include/conv.h"

/// How pixels are transformed into products and back: unit is stride 1, forward and backward; strided is stride 2
/// forward; phased is stride 2 backward to the data, from the pixels of dy to the four phases of the pixels of dx.
typedef enum { winograd_unit, winograd_strided, winograd_phased } s3n_winograd_scheme;

enum {
  winograd_weights_points = 36,  // transformed weights of a pair of channels
  winograd_most_points = 81,     // products of a tile
  winograd_most_outputs = 64,    // pixels that a tile writes
};

typedef struct {
  // Along one axis, in the transforms' order: the pixels that a tile reads, moved by `source_step` per tile, and
  // writes.
  size_t sources, source_step, outputs;
  unsigned char source[9], output[8];
  // Points with the same weights are adjacent: weights w has points first_point[w] ..< first_point[w + 1].
  size_t points;
  unsigned char first_point[winograd_weights_points + 1];
} s3n_tile_scheme;

typedef struct {
  const s3n_tile_scheme *scheme;
  size_t rows, columns, in_image, all;
} s3n_tile_grid;

/// The scheme for a convolution's geometry, chosen by its steps.
s3n_winograd_scheme s3n_winograd_scheme_of(const s3n_conv *conv);

s3n_tile_grid s3n_tiles_of(const s3n_conv *conv);

/// The sources x sources pixels that a tile reads; NULL outside the image.
void s3n_tile_sources(const s3n_conv *conv, const s3n_tile_grid *grid, size_t tile, const void *x, const void **pixels);

/// Offsets of the tile's outputs x outputs pixels; SIZE_MAX outside the image.
void s3n_tile_outputs(const s3n_conv *conv, const s3n_tile_grid *grid, size_t tile, size_t *offsets);
