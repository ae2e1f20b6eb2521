#include "gather.h"
#include "include/conv.h"
#include "include/thread_pool.h"
#include "kernels.h"
#include "sharing.h"

// Rows are processed in blocks that stay in the L2 cache, and depth in runs whose panel slice stays in L1; bf16 uses
// one run, since sums between runs would be rounded. Blocks, and so results, do not depend on the number of threads.
enum { block_rows = 8 * s3n_rows_unit, wanted_depth = 320, widest_in_place = 2048, most_runs = 512 };

size_t s3n_conv_blocks(size_t rows) { return (rows + block_rows - 1) / block_rows; }

typedef struct {
  const s3n_conv *conv;
  const s3n_kernel_set *kernels;
  const void *x;
  const float *packed;
  void *y;
  s3n_prologue prologue;
  s3n_epilogue epilogue;
  int in_place;  // rows can be read where they lie
  size_t element_bytes;
  size_t rows, factors, runs;
  size_t ahead_step;  // bytes of the next block's source that each step of a tile fetches
  s3n_depth_run run[most_runs];
} conv_job;

/// Where the part of a block's source begins that the previous block has not read: the row of its last tap.
static const char *source_of(const conv_job *job, size_t first_row) {
  const s3n_conv *conv = job->conv;
  const size_t positions = conv->grid_height * conv->grid_width;
  const size_t image = first_row / positions, u = first_row % positions / conv->grid_width, v = first_row % conv->grid_width;
  const ptrdiff_t y = (ptrdiff_t)(u * conv->step + conv->taps_y - 1) + conv->offset_y;
  const size_t row = image * conv->src_height + (y > 0 ? (size_t)y : 0);
  return (const char *)job->x + (row * conv->src_width + v * conv->step) * conv->channels * job->element_bytes;
}

static void destination_rows(const conv_job *job, size_t first_row, size_t rows, size_t *offsets) {
  const s3n_conv *conv = job->conv;
  const size_t positions = conv->grid_height * conv->grid_width, in_image = first_row % positions;
  size_t image = first_row / positions, u = in_image / conv->grid_width, v = in_image % conv->grid_width;
  for (size_t i = 0; i < rows; i++) {
    const size_t y = u * conv->dst_step + conv->dst_y, x = v * conv->dst_step + conv->dst_x;
    offsets[i] = ((image * conv->dst_height + y) * conv->dst_width + x) * conv->outputs;
    if (++v == conv->grid_width) {
      v = 0;
      if (++u == conv->grid_height) u = 0, image++;
    }
  }
}

static void write_statistics(const conv_job *job, const size_t *offsets, size_t block, size_t rows, size_t first,
                             size_t columns) {
  float *mean = job->epilogue.statistics + block * s3n_statistics_distance(job->conv->outputs);
  job->kernels->column_statistics((char *)job->y + first * job->element_bytes, offsets, rows, columns, mean + first,
                                  mean + job->conv->outputs + first);
  if (first == 0) mean[2 * job->conv->outputs] = (float)rows;
}

static void run_panels(void *context, size_t block, size_t first_panel, size_t end_panel) {
  const conv_job *job = context;
  const size_t mr = job->kernels->mr, nr = job->kernels->nr, outputs = job->conv->outputs;
  const size_t first_row = block * block_rows, whole_tiles = (block_rows + mr - 1) / mr * mr;
  const size_t rows = job->rows - first_row < block_rows ? job->rows - first_row : block_rows;

  const char *residual = job->epilogue.residual;
  const float *bias = job->epilogue.bias;
  size_t offsets[block_rows];
  destination_rows(job, first_row, rows, offsets);

  const char *ahead = source_of(job, first_row + block_rows);
  size_t factors_before = 0;
  for (size_t r = 0; r < job->runs; r++) {
    const s3n_depth_run run = job->run[r];
    const size_t factors = s3n_factors(job->conv->precision, run.taps * run.channels);
    size_t distance = s3n_factors(job->conv->precision, job->conv->channels);
    const float *a = (const float *)job->x + first_row * distance + run.first_channel;
    // The last tile reads mr rows, possibly into the next block; they must exist.
    if (factors > 0 && (!job->in_place || first_row + (rows + mr - 1) / mr * mr > job->rows)) {
      distance = s3n_row_distance(factors);
      float *gathered = s3n_scratch(0, whole_tiles * distance * sizeof(float));
      job->kernels->gather(job->conv, job->x, job->prologue, run, first_row, rows, gathered, distance);
      a = gathered;
    }
    for (size_t panel = first_panel; panel < end_panel; panel++) {
      const size_t first = panel * nr, columns = outputs - first < nr ? outputs - first : nr;
      const float *b = job->packed + first * job->factors + factors_before * nr;
      const int last = r + 1 == job->runs;
      s3n_target target = {.c = (char *)job->y + first * job->element_bytes};
      target.from = r > 0 ? target.c : residual ? residual + first * job->element_bytes : NULL;
      target.bias = last && bias ? bias + first : NULL;
      target.relu = last && job->epilogue.relu;
      for (size_t i = 0; i < rows; i += mr) {
        target.offsets = offsets + i;
        job->kernels->by_rows(factors, a + i * distance, distance, b, &target, rows - i < mr ? rows - i : mr, columns,
                              ahead, job->ahead_step);
        ahead += factors * job->ahead_step;
      }
      if (last && job->epilogue.statistics) write_statistics(job, offsets, block, rows, first, columns);
    }
    factors_before += factors;
  }
}

void s3n_conv_run(const s3n_conv *conv, const void *x, s3n_prologue prologue, const float *packed, void *y,
                  s3n_epilogue epilogue) {
  conv_job job = {.conv = conv, .kernels = s3n_kernels(conv->precision), .x = x, .packed = packed, .y = y, .prologue = prologue, .epilogue = epilogue};
  job.rows = conv->images * conv->grid_height * conv->grid_width;
  job.element_bytes = s3n_element_bytes(conv->precision);
  const size_t depth = conv->taps_y * conv->taps_x * conv->channels, row_bytes = conv->channels * job.element_bytes;
  job.factors = s3n_factors(conv->precision, depth);
  // A phase that no tap reaches is one run of depth 0: its sums are their initial values.
  job.runs = depth ? s3n_depth_runs(conv, conv->precision == s3n_bf16 ? depth : wanted_depth, job.run, most_runs) : 1;
  const size_t blocks = s3n_conv_blocks(job.rows), panels = (conv->outputs + job.kernels->nr - 1) / job.kernels->nr;
  // Rows a multiple of 4 KiB apart would evict each other from the first-level cache.
  job.in_place = s3n_positions_are_pixels(conv) && !prologue.scale && row_bytes <= widest_in_place && row_bytes % 4 == 0;
  // With few blocks, as for a single image, the columns are divided too.
  const s3n_shares shares = s3n_shares_for_threads(blocks, panels, s3n_gathering);
  if (shares.tasks == blocks && depth > 0 && (conv->step == 1 || conv->taps_x > 1)) {
    const size_t block_bytes = block_rows * conv->step * conv->step * row_bytes;
    const size_t steps = (block_rows + job.kernels->mr - 1) / job.kernels->mr * panels * job.factors;
    job.ahead_step = (block_bytes + steps - 1) / steps;
  }
  s3n_parallel_shares(shares, run_panels, &job);
}
