// What the tasks of parallel regions take, one by one: what a simulation of more threads is made of.
#pragma once
#include <stddef.h>
#include <stdint.h>

#include "thread_pool.h"

/// Told of a region: at `clock[0]` its first task began, at `clock[i]` task i-1 ended, in nanoseconds of the thread's CPU time.
typedef void (*s3n_region_recorder)(void *context, const uint64_t *clock, size_t tasks);

/// From now on the regions of the calling thread run on it alone, task by task, and `recorder` is told of each; null ends it.
/// What a task calls from inside is part of the task. Work is cut as for `threads`, or as it is anyway for 0.
void s3n_record_regions(s3n_region_recorder recorder, void *context, size_t threads);

/// The threads that the calling thread's work is cut for while it records; 0 if it does not, or for as many as there are.
size_t s3n_recorded_threads(void);

/// The nanoseconds that the calling thread has spent on a CPU, whatever else the machine did meanwhile.
uint64_t s3n_thread_clock(void);

/// Runs a region as its recorder wants it; false if the calling thread records none.
int s3n_record_region(size_t tasks, s3n_task body, void *context);
