#include "sharing.h"

#include "include/thread_pool.h"

size_t s3n_groups_for_threads(size_t blocks, size_t units, double preparation) {
  const size_t threads = s3n_thread_count();
  size_t best = 1;
  double shortest = 0;
  for (size_t in_group = units; in_group > 0; in_group--) {
    const size_t groups = (units + in_group - 1) / in_group, rounds = (blocks * groups + threads - 1) / threads;
    const double time = (double)rounds * ((double)in_group + preparation);
    if (in_group < units && time >= shortest) continue;
    best = groups;
    shortest = time;
  }
  return best;
}
