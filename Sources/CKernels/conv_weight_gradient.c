#include <string.h>

#include "gather.h"
#include "include/batch_norm.h"
#include "include/conv.h"
#include "include/thread_pool.h"
#include "kernels.h"
#include "sharing.h"

// dw is summed one depth run (taps and channels) and a few columns at a time, so that they stay in the L2 cache. If
// there are few such parts, positions are split too, into partial sums that are added in a fixed order. Only columns
// are divided more finely for more threads, since this changes no sum.
enum {
  positions_in_block = 256,
  wanted_run = 260,
  wanted_columns = 256,
  most_runs = 1024,
  least_tasks = 16,
  least_positions = 768,
  added_at_once = 1 << 12
};

typedef struct {
  const s3n_conv *conv;
  const s3n_kernel_set *kernels;
  const void *x, *dy;
  float *dw, *partials;
  s3n_prologue prologue;
  size_t element_bytes, rows_in_step;  // positions that a product takes at once
  size_t rows, depth, runs, splits, rows_in_split;
  s3n_depth_run run[most_runs];
  size_t depth_before[most_runs];
} gradient_job;

static void plan(gradient_job *job, const s3n_conv *conv) {
  job->conv = conv;
  job->kernels = s3n_kernels(conv->precision);
  job->element_bytes = s3n_element_bytes(conv->precision);
  job->rows_in_step = conv->precision == s3n_bf16 ? 2 : 1;
  job->rows = conv->images * conv->grid_height * conv->grid_width;
  job->depth = conv->taps_y * conv->taps_x * conv->channels;
  job->runs = s3n_depth_runs(conv, wanted_run, job->run, most_runs);
  size_t before = 0;
  for (size_t r = 0; r < job->runs; r++) {
    job->depth_before[r] = before;
    before += job->run[r].taps * job->run[r].channels;
  }
  const size_t tasks = job->runs * ((conv->outputs + wanted_columns - 1) / wanted_columns);
  job->splits = tasks < least_tasks ? (least_tasks + tasks - 1) / tasks : 1;
  size_t most = (job->rows + least_positions - 1) / least_positions;
  if (job->splits > most) job->splits = most ? most : 1;
  job->rows_in_split = (job->rows + job->splits - 1) / job->splits;
}

size_t s3n_conv_weight_partials(const s3n_conv *conv) {
  gradient_job job;
  plan(&job, conv);
  return job.splits > 1 ? job.splits * job.depth * conv->outputs : 0;
}

/// A part of dw that is summed at once: a run's rows and some columns, over some positions.
typedef struct {
  s3n_depth_run run;
  size_t first_column, end_column, first_position, end_position;
} gradient_part;

/// What a tile prefetches while it sums: per step, a row of dy or x, or one of the step's two rows. The first tiles of
/// a panel fetch the next panel of dy, one cache line of every row each; the others the first rows of x in the next
/// block. If rows of x are not those of dy, they fetch dy again, which is in the cache by then.
static const char *ahead_of_tile(const gradient_job *job, const gradient_part *part, size_t row, size_t first, size_t tile,
                                 size_t tiles, size_t *step) {
  const s3n_conv *conv = job->conv;
  const size_t nr = job->kernels->nr, line = 64 / job->element_bytes, rows_in_step = job->rows_in_step;
  const size_t lines = (nr + line - 1) / line * rows_in_step, panel = (first - part->first_column) / nr;
  const size_t of_x = tile < lines ? 0 : panel * (tiles - lines) + tile - lines, column = of_x / rows_in_step * line;
  if (tile < lines || !s3n_positions_are_pixels(conv) || column >= part->run.channels) {
    const int last = first + nr >= part->end_column;
    const size_t next = last ? part->first_column : first + nr, from_line = tile % lines / rows_in_step * line;
    const size_t next_row = (last ? row + positions_in_block : row) + tile % rows_in_step;
    *step = conv->outputs * job->element_bytes * rows_in_step;
    return (const char *)job->dy + (next_row * conv->outputs + next + from_line) * job->element_bytes;
  }
  const size_t next_row = row + positions_in_block + of_x % rows_in_step;
  *step = conv->channels * job->element_bytes * rows_in_step;
  return (const char *)job->x + (next_row * conv->channels + part->run.first_channel + column) * job->element_bytes;
}

/// Gathers the values of x for a run's taps and channels at positions row ..< row + rows: (steps of positions, depth),
/// `distance` factors between steps.
static const float *gather_part(const gradient_job *job, s3n_depth_run run, size_t row, size_t rows, size_t distance) {
  const size_t bytes = (positions_in_block * distance + 64) * sizeof(float);
  float *gathered = s3n_scratch(0, bytes);
  job->kernels->gather(job->conv, job->x, job->prologue, run, row, rows, gathered, distance);
  if (job->rows_in_step == 1) return gathered;
  float *paired = s3n_scratch(2, bytes);
  job->kernels->pair_rows(gathered, 2 * distance, rows, run.taps * run.channels, paired, distance);
  return paired;
}

static void add_part(const gradient_job *job, const gradient_part *part, float *into) {
  const size_t mr = job->kernels->mr, nr = job->kernels->nr, outputs = job->conv->outputs;
  const size_t depth = part->run.taps * part->run.channels, distance = s3n_row_distance(depth);
  float *columns_of_dy = s3n_scratch(1, positions_in_block * nr * sizeof(float));
  size_t offsets[16];
  for (size_t i = 0; i < mr; i++) offsets[i] = i * outputs;
  for (size_t row = part->first_position; row < part->end_position; row += positions_in_block) {
    const size_t left = part->end_position - row, rows = left < positions_in_block ? left : positions_in_block;
    const size_t steps = s3n_factors(job->conv->precision, rows);
    const float *gathered = gather_part(job, part->run, row, rows, distance);
    for (size_t first = part->first_column; first < part->end_column; first += nr) {
      const size_t columns = part->end_column - first < nr ? part->end_column - first : nr;
      const char *dy = (const char *)job->dy + (row * outputs + first) * job->element_bytes;
      job->kernels->pack_columns(dy, outputs, rows, columns, columns_of_dy);
      for (size_t k = 0; k < depth; k += mr) {
        const size_t tile_rows = depth - k < mr ? depth - k : mr;
        float *c = into + k * outputs + first;
        const s3n_target target = {.c = c, .from = c, .offsets = offsets};
        size_t step;
        const char *ahead = ahead_of_tile(job, part, row, first, k / mr, (depth + mr - 1) / mr, &step);
        job->kernels->by_depth(steps, gathered + k, distance, columns_of_dy, &target, tile_rows, columns, ahead, step);
      }
    }
  }
}

/// Sums the columns of some panels of dw, for a depth run and a split of the positions.
static void add_panels(void *context, size_t block, size_t first_panel, size_t end_panel) {
  const gradient_job *job = context;
  const size_t outputs = job->conv->outputs, nr = job->kernels->nr, r = block % job->runs, split = block / job->runs;
  const size_t end_position = (split + 1) * job->rows_in_split, panels = end_panel - first_panel;
  const size_t parts = (panels * nr + wanted_columns - 1) / wanted_columns, panels_in_part = (panels + parts - 1) / parts;
  float *into = (job->splits > 1 ? job->partials + split * job->depth * outputs : job->dw) + job->depth_before[r] * outputs;
  gradient_part part = {.run = job->run[r],
                        .first_position = split * job->rows_in_split,
                        .end_position = end_position < job->rows ? end_position : job->rows};
  for (size_t panel = first_panel; panel < end_panel; panel += panels_in_part) {
    const size_t next = panel + panels_in_part, end = (next < end_panel ? next : end_panel) * nr;
    part.first_column = panel * nr;
    part.end_column = end < outputs ? end : outputs;
    if (job->splits > 1)
      for (size_t k = 0; k < part.run.taps * part.run.channels; k++)
        memset(into + k * outputs + part.first_column, 0, (part.end_column - part.first_column) * sizeof(float));
    add_part(job, &part, into);
  }
}

/// Adds some elements of all partial sums to dw, in order.
static void add_splits(void *context, size_t part) {
  const gradient_job *job = context;
  const size_t all = job->depth * job->conv->outputs, first = part * added_at_once, left = all - first;
  for (size_t split = 0; split < job->splits; split++)
    s3n_kernels(s3n_fp32)->add(job->partials + split * all + first, job->dw + first, left < added_at_once ? left : added_at_once);
}

void s3n_conv_weight_gradient(const s3n_conv *conv, const void *x, s3n_prologue prologue, const void *dy, float *dw,
                              float *partials) {
  gradient_job job;
  plan(&job, conv);
  job.x = x, job.prologue = prologue, job.dy = dy, job.dw = dw, job.partials = partials;
  const size_t nr = job.kernels->nr, panels = (conv->outputs + nr - 1) / nr;
  s3n_parallel_shares(s3n_shares_for_threads(job.runs * job.splits, panels, s3n_gathering), add_panels, &job);
  if (job.splits > 1) s3n_parallel((job.depth * conv->outputs + added_at_once - 1) / added_at_once, add_splits, &job);
}
