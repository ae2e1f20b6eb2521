#include "include/batch_norm.h"

#include "include/conv.h"
#include "include/thread_pool.h"
#include "kernels.h"
#include "sharing.h"

// Rows summed together, and elements per elementwise task, which may be divided more finely since it changes no sum.
enum { block_rows = 512, elements_in_task = 1 << 15, most_channels_in_group = 64, least_channels_in_group = 16 };
// So many groups of channels and rows for each thread, if there are, keep all of them equally busy.
enum { groups_for_thread = 8 };

size_t s3n_norm_blocks(size_t rows) { return (rows + block_rows - 1) / block_rows; }

typedef struct {
  const void *job;
  const s3n_kernel_set *kernels;
  size_t rows, channels, rows_in_task, channels_in_group;
  float *sums;
} rows_job;

static size_t rows_of(const rows_job *job, size_t part) {
  size_t left = job->rows - part * job->rows_in_task;
  return left < job->rows_in_task ? left : job->rows_in_task;
}

/// Calls `body` for all rows, in tasks of about `elements_in_task` elements.
static void by_elements(rows_job *job, s3n_task body) {
  const size_t rows = elements_in_task / (job->channels ? job->channels : 1);
  job->rows_in_task = rows ? rows : 1;
  s3n_parallel((job->rows + job->rows_in_task - 1) / job->rows_in_task, body, job);
}

static void join_part(void *context, size_t part) {
  const rows_job *job = context;
  job->kernels->join(job->job, part * job->rows_in_task, rows_of(job, part));
}

static void sums_part(void *context, size_t block, size_t first_group, size_t end_group) {
  const rows_job *job = context;
  const size_t first = first_group * job->channels_in_group, left = job->channels - first;
  const size_t channels = (end_group - first_group) * job->channels_in_group;
  job->kernels->backward_sums(job->job, block * block_rows, rows_of(job, block), first, left < channels ? left : channels,
                              job->sums + block * 2 * job->channels);
}

static void apply_part(void *context, size_t part) {
  const rows_job *job = context;
  job->kernels->backward_apply(job->job, part * job->rows_in_task, rows_of(job, part));
}

void s3n_join_rows(const s3n_join *join, size_t rows) {
  rows_job job = {.job = join, .kernels = s3n_kernels(join->precision), .rows = rows, .channels = join->channels};
  by_elements(&job, join_part);
}

void s3n_norm_backward_sums(const s3n_norm_backward *norm, size_t rows, float *sums) {
  rows_job job = {.job = norm, .kernels = s3n_kernels(norm->precision), .rows = rows, .channels = norm->channels};
  job.sums = sums;
  job.rows_in_task = block_rows;
  const size_t blocks = s3n_norm_blocks(rows);
  size_t groups, width = most_channels_in_group;
  for (;; width /= 2) {
    groups = (norm->channels + width - 1) / width;
    if (width == least_channels_in_group || blocks * groups >= groups_for_thread * s3n_thread_count()) break;
  }
  job.channels_in_group = width;
  s3n_shares shares = s3n_shares_for_threads(blocks, groups, 0);
  if (blocks > 0) shares.last = (double)rows_of(&job, blocks - 1) / block_rows;
  s3n_parallel_shares(shares, sums_part, &job);
}

void s3n_norm_backward_apply(const s3n_norm_backward *norm, size_t rows) {
  rows_job job = {.job = norm, .kernels = s3n_kernels(norm->precision), .rows = rows, .channels = norm->channels};
  by_elements(&job, apply_part);
}

typedef struct {
  const float *y;
  size_t rows, channels;
  float *statistics;
} statistics_job;

static void statistics_block(void *context, size_t block) {
  const statistics_job *job = context;
  const s3n_kernel_set *kernels = s3n_kernels(s3n_fp32);
  const size_t channels = job->channels, first = block * block_rows, left = job->rows - first;
  const size_t rows = left < block_rows ? left : block_rows;
  size_t offsets[block_rows];
  for (size_t i = 0; i < rows; i++) offsets[i] = (first + i) * channels;
  float *mean = job->statistics + block * s3n_statistics_distance(channels);
  for (size_t c = 0; c < channels; c += kernels->nr) {
    const size_t columns = channels - c < kernels->nr ? channels - c : kernels->nr;
    kernels->column_statistics(job->y + c, offsets, rows, columns, mean + c, mean + channels + c);
  }
  mean[2 * channels] = (float)rows;
}

void s3n_norm_statistics(const float *y, size_t rows, size_t channels, float *statistics) {
  statistics_job job = {y, rows, channels, statistics};
  s3n_parallel(s3n_norm_blocks(rows), statistics_block, &job);
}

typedef struct {
  const float *from;
  float *to;
  size_t count;
} add_job;

enum { add_block = 1 << 15 };

static void add_part(void *context, size_t part) {
  const add_job *job = context;
  size_t first = part * add_block, left = job->count - first;
  s3n_kernels(s3n_fp32)->add(job->from + first, job->to + first, left < add_block ? left : add_block);
}

void s3n_add(const float *from, float *to, size_t count) {
  add_job job = {from, to, count};
  s3n_parallel((count + add_block - 1) / add_block, add_part, &job);
}
