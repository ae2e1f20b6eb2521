#include "sharing.h"

#include "include/thread_pool.h"

enum { most_tasks_of_thread = 4 };
// Blocks are cut only if it takes less than this: uncut, they prefetch the next, and many tasks balance slow threads.
static const double worth_cutting = 0.97;

/// The cost of the longest of `tasks`: its units, and the preparation of each block that it touches.
static double longest(size_t blocks, size_t units, size_t tasks, double preparation) {
  const size_t all = blocks * units, length = (all + tasks - 1) / tasks;
  const int is_even = all % tasks == 0 && (length % units == 0 || units % length == 0);
  const size_t touched = is_even ? (length + units - 1) / units : 1 + (length + units - 2) / units;
  return (double)length + preparation * (double)touched;
}

s3n_shares s3n_shares_for_threads(size_t blocks, size_t units, double preparation) {
  const size_t threads = s3n_thread_count(), all = blocks * units;
  s3n_shares shares = {.blocks = blocks, .units = units, .tasks = blocks, .last = 1};
  if (all == 0) return shares;
  const size_t rounds = (blocks + threads - 1) / threads;
  double shortest = (double)rounds * ((double)units + preparation) * worth_cutting;
  for (size_t rounds = most_tasks_of_thread; rounds > 0; rounds--) {
    const size_t tasks = threads * rounds < all ? threads * rounds : all;
    const double time = (double)((tasks + threads - 1) / threads) * longest(blocks, units, tasks, preparation);
    if (time >= shortest) continue;
    shares.tasks = tasks;
    shortest = time;
  }
  return shares;
}

typedef struct {
  s3n_shares shares;
  s3n_part_body body;
  void *context;
} shares_job;

/// The unit at which a task starts, which the one before it ends at: tasks cost the same, as far as whole units allow.
static size_t start_of(s3n_shares shares, size_t task) {
  const size_t all = shares.blocks * shares.units, full = all - shares.units;
  if (shares.last == 1) return all * task / shares.tasks;
  const double cost = ((double)full + shares.last * (double)shares.units) * (double)task / (double)shares.tasks;
  if (cost <= (double)full) return (size_t)(cost + 0.5);
  const size_t unit = full + (size_t)((cost - (double)full) / shares.last + 0.5);
  return unit < all ? unit : all;
}

static void run_share(void *context, size_t task) {
  const shares_job *job = context;
  const size_t units = job->shares.units;
  const size_t end = start_of(job->shares, task + 1);
  for (size_t unit = start_of(job->shares, task); unit < end;) {
    const size_t block = unit / units, first = unit % units, left = end - unit;
    const size_t part_end = left < units - first ? first + left : units;
    job->body(job->context, block, first, part_end);
    unit += part_end - first;
  }
}

void s3n_parallel_shares(s3n_shares shares, s3n_part_body body, void *context) {
  shares_job job = {shares, body, context};
  s3n_parallel(shares.tasks, run_share, &job);
}
