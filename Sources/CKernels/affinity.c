#define _GNU_SOURCE
#include "include/affinity.h"

#include <sched.h>
#include <string.h>

// More CPUs than Linux supports; a single cpu_set_t holds only 1024.
enum { most_cpus = 1 << 14 };
typedef cpu_set_t cpus_set[most_cpus / CPU_SETSIZE];

static cpus_set at_start;
static int known;

// Runs before main, since the first thread may be pinned later.
__attribute__((constructor)) static void remember_cpus(void) {
  known = sched_getaffinity(0, sizeof at_start, at_start) == 0;
}

static size_t numbers(const cpu_set_t *set, int *cpus, size_t most) {
  size_t count = 0;
  for (int cpu = 0; cpu < most_cpus && count < most; cpu++)
    if (CPU_ISSET_S((size_t)cpu, sizeof(cpus_set), set)) cpus[count++] = cpu;
  return count;
}

void s3n_pin(pthread_t thread, int cpu) {
  cpus_set set;
  memset(set, 0, sizeof set);
  CPU_SET_S((size_t)cpu, sizeof set, set);
  pthread_setaffinity_np(thread, sizeof set, set);
}

void s3n_unpin(pthread_t thread) {
  if (known) pthread_setaffinity_np(thread, sizeof at_start, at_start);
}

void s3n_unpin_thread(void) { s3n_unpin(pthread_self()); }

size_t s3n_cpus_at_start(int *cpus, size_t most) { return known ? numbers(at_start, cpus, most) : 0; }

size_t s3n_cpus_now(int *cpus, size_t most) {
  cpus_set set;
  return sched_getaffinity(0, sizeof set, set) == 0 ? numbers(set, cpus, most) : 0;
}
