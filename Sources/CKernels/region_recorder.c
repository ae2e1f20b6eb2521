#define _GNU_SOURCE
#include "include/region_recorder.h"

#include "include/give_up.h"

#include <stdlib.h>
#include <time.h>

static _Thread_local struct {
  s3n_region_recorder tell;
  void *context;
  size_t threads;
  int is_inside;  // a task is running
} recorder;

void s3n_record_regions(s3n_region_recorder tell, void *context, size_t threads) {
  recorder.tell = tell;
  recorder.context = context;
  recorder.threads = tell ? threads : 0;
}

size_t s3n_recorded_threads(void) { return recorder.threads; }

uint64_t s3n_thread_clock(void) {
  struct timespec time;
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
  return (uint64_t)time.tv_sec * 1000000000u + (uint64_t)time.tv_nsec;
}

int s3n_record_region(size_t tasks, s3n_task body, void *context) {
  if (!recorder.tell) return 0;
  if (recorder.is_inside) {
    for (size_t task = 0; task < tasks; task++) body(context, task);
    return 1;
  }
  uint64_t *clock = malloc((tasks + 1) * sizeof *clock);
  if (!clock) s3n_give_up("out of memory: the times of a region's tasks cannot be kept");
  recorder.is_inside = 1;
  clock[0] = s3n_thread_clock();
  for (size_t task = 0; task < tasks; task++) {
    body(context, task);
    clock[task + 1] = s3n_thread_clock();
  }
  recorder.is_inside = 0;
  recorder.tell(recorder.context, clock, tasks);
  free(clock);
  return 1;
}
