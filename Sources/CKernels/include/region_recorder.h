// Records the times of the tasks of parallel regions, from which runs with more threads are simulated.
#pragma once
#include <stddef.h>
#include <stdint.h>

#include "thread_pool.h"

/// Receives a region: its first task began at `clock[0]`, task i-1 ended at `clock[i]`, in ns of the thread's CPU time.
typedef void (*s3n_region_recorder)(void *context, const uint64_t *clock, size_t tasks);

/// Runs the calling thread's regions on it alone from now on, task by task, and reports each to `recorder`; null ends
/// this. Nested regions count as part of their task. Work is divided as for `threads`; 0 means the actual number.
void s3n_record_regions(s3n_region_recorder recorder, void *context, size_t threads);

/// The number of threads that the recording thread's work is divided for; 0 if not recording, or for the actual number.
size_t s3n_recorded_threads(void);

/// The CPU time of the calling thread in nanoseconds.
uint64_t s3n_thread_clock(void);

/// Runs and records a region; returns false if the calling thread is not recording.
int s3n_record_region(size_t tasks, s3n_task body, void *context);
