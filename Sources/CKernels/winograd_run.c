#include <stdint.h>

#include "gather.h"
#include "include/thread_pool.h"
#include "include/winograd.h"
#include "kernels.h"
#include "sharing.h"

// A block of tiles goes through all its steps while it is in cache: transform the input, multiply for each point and
// panel, transform the output with the epilogue. Wide layers use larger blocks, since each block reads all weights.
// With fewer blocks than threads, all tiles are transformed first, and panels are divided among the threads too; this
// changes no sum.
enum { usual_products = 756, wide_products = 2 * usual_products, wide_channels = 512 };
// The cost of transforming a block, in panels of products.
static const double transforming = 0.6;

typedef struct {
  const s3n_conv *conv;
  const s3n_kernel_set *kernels, *products;  // of the features' precision, and those of floats
  const s3n_winograd_transforms *transforms;
  const void *x;
  const float *packed;
  void *y;
  s3n_prologue prologue;
  s3n_epilogue epilogue;
  s3n_tile_grid grid;
  size_t element_bytes;
  size_t block_tiles;
  size_t distance;     // between rows of transformed tiles
  float *transformed;  // of all blocks, or NULL: each task transforms its own
  size_t ahead_step;  // bytes of the next block's source that each step of a tile fetches
} winograd_job;

/// Where the part of a block's source begins that the previous block has not read.
static const char *source_of(const winograd_job *job, size_t tile) {
  const s3n_conv *conv = job->conv;
  const size_t tile_row = tile % job->grid.in_image / job->grid.columns;
  const size_t row = tile / job->grid.in_image * conv->src_height + tile_row * job->grid.scheme->source_step + 1;
  return (const char *)job->x + row * conv->src_width * conv->channels * job->element_bytes;
}

static size_t tiles_in_block(const s3n_conv *conv, const s3n_tile_grid *grid) {
  const size_t products = conv->channels >= wide_channels ? wide_products : usual_products;
  const size_t unit = s3n_rows_unit, most = products / grid->scheme->points;
  const size_t blocks = grid->all > most ? (grid->all + most - 1) / most : 1;
  return ((grid->all + blocks - 1) / blocks + unit - 1) / unit * unit;
}

size_t s3n_winograd_blocks(const s3n_conv *conv) {
  const s3n_tile_grid grid = s3n_tiles_of(conv);
  const size_t tiles = tiles_in_block(conv, &grid);
  return tiles ? (grid.all + tiles - 1) / tiles : 0;
}

static void transform_outputs(const winograd_job *job, const float *sums, const size_t *offsets, size_t tiles,
                              size_t first) {
  const size_t nr = job->kernels->nr, outputs = job->grid.scheme->outputs * job->grid.scheme->outputs;
  const char *residual = job->epilogue.residual;
  const float *bias = job->epilogue.bias;
  for (size_t tile = 0; tile < tiles; tile++) {
    void *pixels[winograd_most_outputs];
    const void *residuals[winograd_most_outputs];
    for (size_t i = 0; i < outputs; i++) {
      const size_t offset = offsets[tile * outputs + i], at = (offset + first) * job->element_bytes;
      pixels[i] = offset == SIZE_MAX ? NULL : (char *)job->y + at;
      if (residual) residuals[i] = offset == SIZE_MAX ? NULL : residual + at;
    }
    job->transforms->output(sums + tile * nr, tiles * nr, pixels, bias ? bias + first : NULL,
                            residual ? residuals : NULL, job->epilogue.relu);
  }
}

static size_t tiles_of(const winograd_job *job, size_t block) {
  const size_t left = job->grid.all - block * job->block_tiles;
  return left < job->block_tiles ? left : job->block_tiles;
}

/// Floats needed for a block's transformed tiles, (point, tile, channel); register tiles read rows beyond the last.
static size_t transformed_floats(const winograd_job *job, size_t tiles) {
  return (job->grid.scheme->points * tiles + job->kernels->mr) * job->distance;
}

/// Transforms a tile into its place in `v`, the memory of its block.
static void transform_input(const winograd_job *job, size_t tile, float *v) {
  const size_t in_block = tile % job->block_tiles, tiles = tiles_of(job, tile / job->block_tiles);
  const void *pixels[winograd_most_points];
  s3n_tile_sources(job->conv, &job->grid, tile, job->x, pixels);
  job->transforms->input(pixels, job->prologue.scale, job->prologue.shift, job->prologue.relu, job->conv->channels,
                         v + in_block * job->distance, tiles * job->distance);
}

static void transform_ahead(void *context, size_t tile) {
  const winograd_job *job = context;
  const size_t block = tile / job->block_tiles;
  transform_input(job, tile, job->transformed + block * transformed_floats(job, job->block_tiles));
}

static void run_panels(void *context, size_t block, size_t first_panel, size_t end_panel) {
  const winograd_job *job = context;
  const s3n_conv *conv = job->conv;
  const s3n_tile_scheme *scheme = job->grid.scheme;
  const size_t mr = job->kernels->mr, nr = job->kernels->nr, channels = conv->channels, outputs = conv->outputs;
  const size_t first_tile = block * job->block_tiles, tiles = tiles_of(job, block);

  const size_t distance = job->distance, of_tile = scheme->outputs * scheme->outputs;
  float *v;
  if (job->transformed) {
    v = job->transformed + block * transformed_floats(job, job->block_tiles);
  } else {
    v = s3n_scratch(0, transformed_floats(job, tiles) * sizeof(float));
    for (size_t tile = 0; tile < tiles; tile++) transform_input(job, first_tile + tile, v);
  }
  size_t *offsets = s3n_scratch(1, tiles * of_tile * sizeof(size_t));
  for (size_t tile = 0; tile < tiles; tile++)
    s3n_tile_outputs(conv, &job->grid, first_tile + tile, offsets + tile * of_tile);

  const char *ahead = source_of(job, first_tile + job->block_tiles);
  float *sums = s3n_scratch(2, scheme->points * tiles * nr * sizeof(float));
  size_t rows_of_sums[16];
  for (size_t k = 0; k < mr; k++) rows_of_sums[k] = k * nr;
  for (size_t panel = first_panel; panel < end_panel; panel++) {
    const float *b = job->packed + panel * winograd_weights_points * channels * nr;
    for (size_t w = 0; w < winograd_weights_points; w++, b += channels * nr) {
      const size_t end_row = scheme->first_point[w + 1] * tiles;
      for (size_t row = scheme->first_point[w] * tiles; row < end_row; row += mr) {
        const s3n_target target = {.c = sums + row * nr, .offsets = rows_of_sums};
        job->products->by_rows(channels, v + row * distance, distance, b, &target,
                               end_row - row < mr ? end_row - row : mr, nr, ahead, job->ahead_step);
        ahead += channels * job->ahead_step;
      }
    }
    transform_outputs(job, sums, offsets, tiles, panel * nr);
  }

  if (job->epilogue.statistics) {
    size_t rows = 0;
    for (size_t i = 0; i < tiles * of_tile; i++)
      if (offsets[i] != SIZE_MAX) offsets[rows++] = offsets[i];
    float *mean = job->epilogue.statistics + block * s3n_statistics_distance(outputs);
    for (size_t panel = first_panel; panel < end_panel; panel++)
      job->kernels->column_statistics((char *)job->y + panel * nr * job->element_bytes, offsets, rows, nr,
                                      mean + panel * nr, mean + outputs + panel * nr);
    if (first_panel == 0) mean[2 * outputs] = (float)rows;
  }
}

void s3n_winograd_run(const s3n_conv *conv, const void *x, s3n_prologue prologue, const float *packed, void *y,
                      s3n_epilogue epilogue) {
  winograd_job job = {.conv = conv, .x = x, .packed = packed, .y = y, .prologue = prologue, .epilogue = epilogue};
  job.kernels = s3n_kernels(conv->precision);
  job.products = s3n_kernels(s3n_fp32);
  job.element_bytes = s3n_element_bytes(conv->precision);
  job.transforms = &job.kernels->winograd[s3n_winograd_scheme_of(conv)];
  job.grid = s3n_tiles_of(conv);
  if (job.grid.all == 0) return;
  job.block_tiles = tiles_in_block(conv, &job.grid);
  const size_t blocks = s3n_winograd_blocks(conv), panels = conv->outputs / job.kernels->nr;
  const int ahead = blocks < s3n_thread_count() && panels > 1;
  job.distance = s3n_row_distance(conv->channels);
  const s3n_shares shares = s3n_shares_for_threads(blocks, panels, ahead ? 0 : transforming);
  if (shares.tasks == blocks) {
    const size_t source_step = job.grid.scheme->source_step, pixels = job.block_tiles * source_step * source_step;
    const size_t register_tiles = (job.block_tiles * job.grid.scheme->points + job.kernels->mr - 1) / job.kernels->mr;
    const size_t steps = panels * register_tiles * conv->channels;
    job.ahead_step = (pixels * conv->channels * job.element_bytes + steps - 1) / steps;
  }
  if (ahead && shares.tasks > blocks) {
    job.transformed = s3n_scratch(3, blocks * transformed_floats(&job, job.block_tiles) * sizeof(float));
    s3n_parallel(job.grid.all, transform_ahead, &job);
  }
  s3n_parallel_shares(shares, run_panels, &job);
}
