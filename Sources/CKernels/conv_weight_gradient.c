#include <string.h>

#include "gather.h"
#include "include/batch_norm.h"
#include "include/conv.h"
#include "include/thread_pool.h"
#include "kernels.h"

// dw is shared out by runs of its depth (taps and channels); where there are few runs, the positions are split too, into
// partial sums that are added in a fixed order. Neither depends on the number of threads.
enum { positions_in_block = 256, wanted_run = 520, most_runs = 1024, least_tasks = 16, least_positions = 768 };

typedef struct {
  const s3n_conv *conv;
  const s3n_kernel_set *kernels;
  const float *x, *dy;
  float *dw, *partials;
  s3n_reading reading;
  size_t rows, depth, runs, splits, rows_in_split;
  s3n_depth_run run[most_runs];
  size_t depth_before[most_runs];
} gradient_job;

static void plan(gradient_job *job, const s3n_conv *conv) {
  job->conv = conv;
  job->kernels = s3n_kernels();
  job->rows = conv->images * conv->grid_height * conv->grid_width;
  job->depth = conv->taps_y * conv->taps_x * conv->channels;
  job->runs = s3n_depth_runs(conv, wanted_run, job->run, most_runs);
  size_t before = 0;
  for (size_t r = 0; r < job->runs; r++) {
    job->depth_before[r] = before;
    before += job->run[r].taps * job->run[r].channels;
  }
  job->splits = job->runs < least_tasks ? (least_tasks + job->runs - 1) / job->runs : 1;
  size_t most = (job->rows + least_positions - 1) / least_positions;
  if (job->splits > most) job->splits = most ? most : 1;
  job->rows_in_split = (job->rows + job->splits - 1) / job->splits;
}

size_t s3n_conv_weight_partials(const s3n_conv *conv) {
  gradient_job job;
  plan(&job, conv);
  return job.splits > 1 ? job.splits * job.depth * conv->outputs : 0;
}

static void gradient_of_run(void *context, size_t task, size_t worker) {
  (void)worker;
  const gradient_job *job = context;
  const size_t mr = job->kernels->mr, nr = job->kernels->nr, outputs = job->conv->outputs;
  const size_t r = task % job->runs, split = task / job->runs;
  const s3n_depth_run run = job->run[r];
  const size_t depth = run.taps * run.channels, distance = s3n_row_distance(depth);
  const size_t end = (split + 1) * job->rows_in_split < job->rows ? (split + 1) * job->rows_in_split : job->rows;
  float *into = (job->splits > 1 ? job->partials + split * job->depth * outputs : job->dw) + job->depth_before[r] * outputs;
  float *gathered = s3n_scratch(0, (positions_in_block * distance + 64) * sizeof(float));
  float *columns_of_dy = s3n_scratch(1, positions_in_block * nr * sizeof(float));
  if (job->splits > 1) memset(into, 0, depth * outputs * sizeof(float));

  for (size_t row = split * job->rows_in_split; row < end; row += positions_in_block) {
    const size_t rows = end - row < positions_in_block ? end - row : positions_in_block;
    job->kernels->gather(job->conv, job->x, job->reading, run, row, rows, gathered, distance);
    for (size_t first = 0; first < outputs; first += nr) {
      const size_t columns = outputs - first < nr ? outputs - first : nr;
      job->kernels->pack_columns(job->dy + row * outputs + first, outputs, rows, columns, columns_of_dy);
      for (size_t k = 0; k < depth; k += mr) {
        const size_t tile_rows = depth - k < mr ? depth - k : mr;
        float *c[16];
        for (size_t i = 0; i < tile_rows; i++) c[i] = into + (k + i) * outputs + first;
        job->kernels->by_depth(rows, gathered + k, distance, columns_of_dy, c, tile_rows, columns, 1);
      }
    }
  }
}

void s3n_conv_weight_gradient(const s3n_conv *conv, const float *x, s3n_reading reading, const float *dy, float *dw,
                              float *partials) {
  gradient_job job;
  plan(&job, conv);
  job.x = x, job.reading = reading, job.dy = dy, job.dw = dw, job.partials = partials;
  s3n_parallel(job.runs * job.splits, gradient_of_run, &job);
  if (job.splits > 1)
    for (size_t split = 0; split < job.splits; split++)
      s3n_add(partials + split * job.depth * conv->outputs, dw, job.depth * conv->outputs);
}
