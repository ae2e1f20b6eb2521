#include <stdint.h>

#include "gather.h"
#include "include/thread_pool.h"
#include "include/winograd.h"
#include "kernels.h"

// Processes blocks of tiles in order: all threads transform a block, then divide the products by weights and panel.
// Each sum therefore runs over the tiles in order, with any number of threads. Wide layers use larger blocks, since
// each block reads and writes all sums. With many threads, several blocks are transformed before their products are
// computed, still block by block, so that threads wait for each other less often.
enum { usual_products = 2016, wide_products = 4 * usual_products, wide_channels = 512 };
enum { threads_of_block = 4, most_floats_of_blocks = 1 << 24 };
// The fixed cost of a task of products, in register tiles.
static const double starting = 0.1;

static size_t products_in_block(const s3n_conv *conv) {
  return conv->channels >= wide_channels ? wide_products : usual_products;
}

typedef struct {
  const s3n_conv *conv;
  const s3n_kernel_set *products;  // those of floats
  const s3n_winograd_transforms *transforms;
  const void *x, *dy;
  float *dw;
  s3n_prologue prologue;
  s3n_tile_grid grid;
  size_t first_tile, tiles;      // between two barriers
  size_t block_tiles;            // the last block may have less
  size_t groups, rows_in_group;  // that the channels are cut into for the products
  size_t distance;               // between rows of v
  float *v;                      // (block, point, tile, channel)
  float *m;                      // (block, panel, point, tile, nr)
  float *du;                     // (weights, channel, output)
} gradient_job;

/// A block's transformed tiles of x and dy.
typedef struct {
  size_t tiles;
  float *v, *m;
} gradient_block;

static size_t floats_in_block(const s3n_conv *conv) {
  return products_in_block(conv) * (s3n_row_distance(conv->channels) + conv->outputs);
}

static size_t tiles_in_block(const s3n_conv *conv) {
  return products_in_block(conv) / s3n_tiles_of(conv).scheme->points;
}

size_t s3n_winograd_gradient_blocks(const s3n_conv *conv) {
  const size_t tiles = tiles_in_block(conv), all = (s3n_tiles_of(conv).all + tiles - 1) / tiles;
  const size_t most = most_floats_of_blocks / floats_in_block(conv);
  size_t blocks = s3n_thread_count() / threads_of_block;
  if (blocks > most) blocks = most;
  if (blocks > all) blocks = all;
  return blocks ? blocks : 1;
}

size_t s3n_winograd_gradient_workspace(const s3n_conv *conv, size_t blocks) {
  return blocks * floats_in_block(conv) + winograd_weights_points * conv->channels * conv->outputs + 64;
}

/// The number of groups, with one task each, into which the `rows` of register tiles of each of `blocks` are divided so
/// that the current threads finish soonest.
static size_t groups_for_threads(size_t blocks, size_t rows) {
  const size_t threads = s3n_thread_count();
  size_t best = 1;
  double shortest = 0;
  for (size_t in_group = rows; in_group > 0; in_group--) {
    const size_t groups = (rows + in_group - 1) / in_group, rounds = (blocks * groups + threads - 1) / threads;
    const double time = (double)rounds * ((double)in_group + starting);
    if (in_group < rows && time >= shortest) continue;
    best = groups;
    shortest = time;
  }
  return best;
}

static gradient_block block_of(const gradient_job *job, size_t block) {
  const size_t products = products_in_block(job->conv), left = job->tiles - block * job->block_tiles;
  return (gradient_block){.tiles = left < job->block_tiles ? left : job->block_tiles,
                          .v = job->v + block * products * job->distance,
                          .m = job->m + block * products * job->conv->outputs};
}

static void transform_tile(void *context, size_t task) {
  const gradient_job *job = context;
  const gradient_block block = block_of(job, task / job->block_tiles);
  const size_t nr = job->products->nr, points = job->grid.scheme->points, tile = task % job->block_tiles;
  const size_t element_bytes = s3n_element_bytes(job->conv->precision);
  const void *sources[winograd_most_points];
  s3n_tile_sources(job->conv, &job->grid, job->first_tile + task, job->x, sources);
  job->transforms->input(sources, job->prologue.scale, job->prologue.shift, job->prologue.relu, job->conv->channels,
                         block.v + tile * job->distance, block.tiles * job->distance);
  size_t offsets[16];
  s3n_tile_outputs(job->conv, &job->grid, job->first_tile + task, offsets);
  for (size_t panel = 0; panel < job->conv->outputs / nr; panel++) {
    const void *pixels[16];
    for (size_t i = 0; i < 16; i++)
      pixels[i] = offsets[i] == SIZE_MAX ? NULL : (const char *)job->dy + (offsets[i] + panel * nr) * element_bytes;
    job->transforms->output_gradient(pixels, block.m + (panel * points * block.tiles + tile) * nr, block.tiles * nr);
  }
}

/// A task's weights, panel of outputs and range of channels.
typedef struct {
  size_t w, panel, first_channel, end_channel;
} gradient_part;

/// Adds a block's products to a part of the sums, or overwrites it if the block is the first.
static void add_block(const gradient_job *job, const gradient_part *part, gradient_block block, int is_first) {
  const s3n_tile_scheme *scheme = job->grid.scheme;
  const size_t mr = job->products->mr, nr = job->products->nr, outputs = job->conv->outputs;
  const size_t first = scheme->first_point[part->w] * block.tiles;
  const size_t depth = scheme->first_point[part->w + 1] * block.tiles - first;
  const float *a = block.v + first * job->distance;
  const float *b = block.m + (part->panel * scheme->points * block.tiles + first) * nr;
  size_t offsets[16];
  for (size_t i = 0; i < mr; i++) offsets[i] = i * outputs;
  for (size_t k = part->first_channel; k < part->end_channel; k += mr) {
    const size_t left = part->end_channel - k, rows = left < mr ? left : mr;
    float *c = job->du + (part->w * job->conv->channels + k) * outputs + part->panel * nr;
    const s3n_target target = {.c = c, .from = is_first ? NULL : c, .offsets = offsets};
    job->products->by_depth(depth, a + k, job->distance, b, &target, rows, nr, NULL, 0);
  }
}

/// The last weights have the most products and come first, so that threads finish together.
static void products_of_weights(void *context, size_t task) {
  const gradient_job *job = context;
  const size_t channels = job->conv->channels, panels = job->conv->outputs / job->products->nr;
  const size_t first = task % job->groups * job->rows_in_group, end = first + job->rows_in_group;
  const gradient_part part = {.w = winograd_weights_points - 1 - task / job->groups / panels,
                              .panel = task / job->groups % panels,
                              .first_channel = first,
                              .end_channel = end < channels ? end : channels};
  for (size_t block = 0; block * job->block_tiles < job->tiles; block++)
    add_block(job, &part, block_of(job, block), job->first_tile + block == 0);
}

static void finish_channel(void *context, size_t channel) {
  const gradient_job *job = context;
  const size_t matrix = job->conv->channels * job->conv->outputs, row = channel * job->conv->outputs;
  job->transforms->weights_gradient(job->du + row, matrix, job->dw + row, matrix, job->conv->outputs);
}

void s3n_winograd_weight_gradient(const s3n_conv *conv, const void *x, s3n_prologue prologue, const void *dy, float *dw,
                                  float *workspace, size_t blocks) {
  gradient_job job = {.conv = conv, .x = x, .dy = dy, .dw = dw, .prologue = prologue};
  job.products = s3n_kernels(s3n_fp32);
  job.transforms = &s3n_kernels(conv->precision)->winograd[s3n_winograd_scheme_of(conv)];
  job.grid = s3n_tiles_of(conv);
  if (job.grid.all == 0) return;
  job.distance = s3n_row_distance(conv->channels);
  job.block_tiles = tiles_in_block(conv);
  const size_t panels = conv->outputs / job.products->nr, rows = (conv->channels + job.products->mr - 1) / job.products->mr;
  job.v = workspace;
  job.m = job.v + blocks * products_in_block(conv) * job.distance;
  job.du = job.m + blocks * products_in_block(conv) * conv->outputs;
  job.groups = groups_for_threads(winograd_weights_points * panels, rows);
  job.rows_in_group = (rows + job.groups - 1) / job.groups * job.products->mr;
  const size_t most = blocks * job.block_tiles;
  for (job.first_tile = 0; job.first_tile < job.grid.all; job.first_tile += most) {
    const size_t left = job.grid.all - job.first_tile;
    job.tiles = left < most ? left : most;
    s3n_parallel(job.tiles, transform_tile, &job);
    s3n_parallel(winograd_weights_points * panels * job.groups, products_of_weights, &job);
  }
  s3n_parallel(conv->channels, finish_channel, &job);
}
