#define _GNU_SOURCE
#include "include/affinity.h"

#include <sched.h>

static cpu_set_t at_start;
static int known;

// Before main: later the first thread may have been pinned already.
__attribute__((constructor)) static void remember_cpus(void) {
  known = sched_getaffinity(0, sizeof at_start, &at_start) == 0;
}

void s3n_unpin(pthread_t thread) {
  if (known) pthread_setaffinity_np(thread, sizeof at_start, &at_start);
}

void s3n_unpin_thread(void) { s3n_unpin(pthread_self()); }

size_t s3n_cpus_at_start(int *cpus, size_t most) {
  size_t count = 0;
  for (int cpu = 0; known && cpu < CPU_SETSIZE && count < most; cpu++)
    if (CPU_ISSET(cpu, &at_start)) cpus[count++] = cpu;
  return count;
}
