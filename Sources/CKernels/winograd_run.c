#include "gather.h"
#include "include/thread_pool.h"
#include "include/winograd.h"
#include "kernels.h"
#include "winograd_tiles.h"

// A block of tiles goes through all its steps while it is in cache: transform the input, one product a point and panel,
// transform the output with the epilogue. Wide layers take larger blocks, since each block reads all the weights.
enum { usual_tiles = 56, wide_tiles = 112, wide_channels = 512, least_tasks = 8, least_panels = 4 };

typedef struct {
  const s3n_conv *conv;
  const s3n_kernel_set *kernels;
  const float *x, *packed;
  float *y;
  s3n_reading reading;
  s3n_epilogue epilogue;
  s3n_tile_grid grid;
  size_t block_tiles, groups, panels_in_group;
  size_t ahead_step;  // bytes of the next block's source that each step of a tile fetches
} winograd_job;

/// Where the source of a block of tiles begins that the block before it has not read.
static const char *source_of(const winograd_job *job, size_t tile) {
  const s3n_conv *conv = job->conv;
  const size_t row = tile / job->grid.in_image * conv->src_height + tile % job->grid.in_image / job->grid.columns * 4 + 1;
  return (const char *)(job->x + row * conv->src_width * conv->channels);
}

static size_t tiles_in_block(const s3n_conv *conv, size_t mr) {
  const size_t all = s3n_tiles_of(conv).all, most = conv->channels >= wide_channels ? wide_tiles : usual_tiles;
  const size_t blocks = (all + most - 1) / most, even = blocks > 1 ? (all + blocks - 1) / blocks : all;
  return (even + mr - 1) / mr * mr;
}

size_t s3n_winograd_blocks(const s3n_conv *conv) {
  const size_t tiles = tiles_in_block(conv, s3n_kernels()->mr);
  return tiles ? (s3n_tiles_of(conv).all + tiles - 1) / tiles : 0;
}

static void transform_outputs(const winograd_job *job, const float *products, size_t step, const size_t *offsets,
                              size_t tiles, size_t first) {
  const size_t nr = job->kernels->nr;
  for (size_t tile = 0; tile < tiles; tile++) {
    float *pixels[16];
    const float *residuals[16];
    for (size_t i = 0; i < 16; i++) {
      const size_t offset = offsets[tile * 16 + i];
      pixels[i] = offset == (size_t)-1 ? NULL : job->y + offset + first;
      if (job->epilogue.residual) residuals[i] = offset == (size_t)-1 ? NULL : job->epilogue.residual + offset + first;
    }
    job->kernels->winograd_output(products + tile * nr, step, pixels,
                                  job->epilogue.bias ? job->epilogue.bias + first : NULL,
                                  job->epilogue.residual ? residuals : NULL, job->epilogue.relu);
  }
}

static void run_block(void *context, size_t task, size_t worker) {
  (void)worker;
  const winograd_job *job = context;
  const s3n_conv *conv = job->conv;
  const size_t mr = job->kernels->mr, nr = job->kernels->nr, channels = conv->channels, outputs = conv->outputs;
  const size_t block = task / job->groups, group = task % job->groups, panels = outputs / nr;
  const size_t first_tile = block * job->block_tiles, left = job->grid.all - first_tile;
  const size_t tiles = left < job->block_tiles ? left : job->block_tiles;
  const size_t first_panel = group * job->panels_in_group, end = first_panel + job->panels_in_group;

  const size_t distance = s3n_row_distance(channels), step = job->block_tiles * distance;
  float *v = s3n_scratch(0, (winograd_points * step + 64) * sizeof(float));
  size_t *offsets = s3n_scratch(1, job->block_tiles * 16 * sizeof(size_t));
  for (size_t tile = 0; tile < tiles; tile++) {
    const float *pixels[36];
    s3n_tile_sources(conv, &job->grid, first_tile + tile, job->x, pixels);
    job->kernels->winograd_input(pixels, job->reading.scale, job->reading.shift, job->reading.relu, channels,
                                 v + tile * distance, step);
    s3n_tile_outputs(conv, &job->grid, first_tile + tile, offsets + tile * 16);
  }

  const char *ahead = source_of(job, first_tile + job->block_tiles);
  const size_t product_step = job->block_tiles * nr;
  float *products = s3n_scratch(2, winograd_points * product_step * sizeof(float));
  size_t rows_of_products[16];
  for (size_t k = 0; k < mr; k++) rows_of_products[k] = k * nr;
  for (size_t panel = first_panel; panel < panels && panel < end; panel++) {
    const float *b = job->packed + panel * winograd_points * channels * nr;
    for (size_t point = 0; point < winograd_points; point++)
      for (size_t i = 0; i < tiles; i += mr) {
        const size_t rows = tiles - i < mr ? tiles - i : mr;
        const s3n_target target = {.c = products + point * product_step + i * nr, .offsets = rows_of_products};
        job->kernels->by_rows(channels, v + point * step + i * distance, distance, b + point * channels * nr,
                              &target, rows, nr, ahead, job->ahead_step);
        ahead += channels * job->ahead_step;
      }
    transform_outputs(job, products, product_step, offsets, tiles, panel * nr);
  }

  if (job->epilogue.statistics) {
    size_t rows = 0;
    for (size_t i = 0; i < tiles * 16; i++)
      if (offsets[i] != (size_t)-1) offsets[rows++] = offsets[i];
    float *mean = job->epilogue.statistics + block * s3n_statistics_distance(outputs);
    for (size_t panel = first_panel; panel < panels && panel < end; panel++)
      job->kernels->column_statistics(job->y + panel * nr, offsets, rows, nr, mean + panel * nr,
                                      mean + outputs + panel * nr);
    mean[2 * outputs] = (float)rows;
  }
}

void s3n_winograd_run(const s3n_conv *conv, const float *x, s3n_reading reading, const float *packed, float *y,
                      s3n_epilogue epilogue) {
  winograd_job job = {.conv = conv, .kernels = s3n_kernels(), .x = x, .packed = packed, .y = y, .reading = reading, .epilogue = epilogue};
  job.grid = s3n_tiles_of(conv);
  job.block_tiles = tiles_in_block(conv, job.kernels->mr);
  const size_t blocks = s3n_winograd_blocks(conv), panels = conv->outputs / job.kernels->nr;
  job.groups = blocks >= least_tasks ? 1 : (least_tasks + blocks - 1) / (blocks ? blocks : 1);
  if (job.groups > (panels + least_panels - 1) / least_panels) job.groups = (panels + least_panels - 1) / least_panels;
  job.panels_in_group = (panels + job.groups - 1) / job.groups;
  if (job.groups == 1) {
    const size_t tiles_of_products = (job.block_tiles + job.kernels->mr - 1) / job.kernels->mr;
    const size_t steps = panels * winograd_points * tiles_of_products * conv->channels;
    job.ahead_step = (job.block_tiles * 16 * conv->channels * sizeof(float) + steps - 1) / steps;
  }
  s3n_parallel(blocks * job.groups, run_block, &job);
}
