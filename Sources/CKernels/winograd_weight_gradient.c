#include <stdint.h>

#include "gather.h"
#include "include/thread_pool.h"
#include "include/winograd.h"
#include "kernels.h"
#include "sharing.h"

// Blocks of tiles one after the other: all threads transform a block, then share out the products by weights and panel. Each
// sum therefore runs over the tiles in order, whatever the number of threads. Wide layers take larger blocks, since each
// block reads and writes all the sums.
enum { usual_products = 2016, wide_products = 4 * usual_products, wide_channels = 512 };
// What a task of products costs beside its register tiles, in those.
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
  size_t first_tile, tiles;
  size_t groups, rows_in_group;  // that the channels are cut into for the products
  size_t distance;               // between rows of v
  float *v;                      // (point, tile, channel)
  float *m;                      // (panel, point, tile, nr)
  float *du;                     // (weights, channel, output)
} gradient_job;

size_t s3n_winograd_gradient_workspace(const s3n_conv *conv) {
  return products_in_block(conv) * (s3n_row_distance(conv->channels) + conv->outputs) +
         winograd_weights_points * conv->channels * conv->outputs + 64;
}

static void transform_tile(void *context, size_t tile, size_t worker) {
  (void)worker;
  const gradient_job *job = context;
  const size_t nr = job->products->nr, points = job->grid.scheme->points;
  const size_t element_bytes = s3n_element_bytes(job->conv->precision);
  const void *sources[winograd_most_points];
  s3n_tile_sources(job->conv, &job->grid, job->first_tile + tile, job->x, sources);
  job->transforms->input(sources, job->prologue.scale, job->prologue.shift, job->prologue.relu, job->conv->channels,
                         job->v + tile * job->distance, job->tiles * job->distance);
  size_t offsets[16];
  s3n_tile_outputs(job->conv, &job->grid, job->first_tile + tile, offsets);
  for (size_t panel = 0; panel < job->conv->outputs / nr; panel++) {
    const void *pixels[16];
    for (size_t i = 0; i < 16; i++)
      pixels[i] = offsets[i] == SIZE_MAX ? NULL : (const char *)job->dy + (offsets[i] + panel * nr) * element_bytes;
    job->transforms->output_gradient(pixels, job->m + (panel * points * job->tiles + tile) * nr, job->tiles * nr);
  }
}

/// The weights with most products, the last ones, come first: threads end together.
static void products_of_weights(void *context, size_t task, size_t worker) {
  (void)worker;
  const gradient_job *job = context;
  const s3n_tile_scheme *scheme = job->grid.scheme;
  const size_t mr = job->products->mr, nr = job->products->nr, channels = job->conv->channels, outputs = job->conv->outputs;
  const size_t panels = outputs / nr, w = winograd_weights_points - 1 - task / job->groups / panels;
  const size_t panel = task / job->groups % panels, first_channel = task % job->groups * job->rows_in_group;
  const size_t end = first_channel + job->rows_in_group < channels ? first_channel + job->rows_in_group : channels;
  const size_t first = scheme->first_point[w] * job->tiles, depth = scheme->first_point[w + 1] * job->tiles - first;
  const float *a = job->v + first * job->distance;
  const float *b = job->m + (panel * scheme->points * job->tiles + first) * nr;
  size_t offsets[16];
  for (size_t i = 0; i < mr; i++) offsets[i] = i * outputs;
  for (size_t k = first_channel; k < end; k += mr) {
    const size_t rows = end - k < mr ? end - k : mr;
    float *c = job->du + (w * channels + k) * outputs + panel * nr;
    const s3n_target target = {.c = c, .from = job->first_tile > 0 ? c : NULL, .offsets = offsets};
    job->products->by_depth(depth, a + k, job->distance, b, &target, rows, nr, NULL, 0);
  }
}

static void finish_channel(void *context, size_t channel, size_t worker) {
  (void)worker;
  const gradient_job *job = context;
  const size_t matrix = job->conv->channels * job->conv->outputs, row = channel * job->conv->outputs;
  job->transforms->weights_gradient(job->du + row, matrix, job->dw + row, matrix, job->conv->outputs);
}

void s3n_winograd_weight_gradient(const s3n_conv *conv, const void *x, s3n_prologue prologue, const void *dy, float *dw,
                                  float *workspace) {
  gradient_job job = {.conv = conv, .x = x, .dy = dy, .dw = dw, .prologue = prologue};
  job.products = s3n_kernels(s3n_fp32);
  job.transforms = &s3n_kernels(conv->precision)->winograd[s3n_winograd_scheme_of(conv)];
  job.grid = s3n_tiles_of(conv);
  if (job.grid.all == 0) return;
  job.distance = s3n_row_distance(conv->channels);
  const size_t block_tiles = products_in_block(conv) / job.grid.scheme->points;
  const size_t panels = conv->outputs / job.products->nr, rows = (conv->channels + job.products->mr - 1) / job.products->mr;
  job.v = workspace;
  job.m = job.v + products_in_block(conv) * job.distance;
  job.du = job.m + products_in_block(conv) * conv->outputs;
  job.groups = s3n_groups_for_threads(winograd_weights_points * panels, rows, starting);
  job.rows_in_group = (rows + job.groups - 1) / job.groups * job.products->mr;
  for (job.first_tile = 0; job.first_tile < job.grid.all; job.first_tile += block_tiles) {
    const size_t left = job.grid.all - job.first_tile;
    job.tiles = left < block_tiles ? left : block_tiles;
    s3n_parallel(job.tiles, transform_tile, &job);
    s3n_parallel(winograd_weights_points * panels * job.groups, products_of_weights, &job);
  }
  s3n_parallel(conv->channels, finish_channel, &job);
}
