// The CPUs that threads may run on.
#pragma once
#include <pthread.h>
#include <stddef.h>

/// Pins a thread to one CPU.
void s3n_pin(pthread_t thread, int cpu);

/// Lets a thread run on every CPU that was available when the process started.
void s3n_unpin(pthread_t thread);

/// Lets the calling thread run on every CPU that was available at process start, even if its creator is pinned.
void s3n_unpin_thread(void);

/// Writes the numbers of at most `most` CPUs that were available when the process started. Returns their count, or 0 if
/// the system does not report them.
size_t s3n_cpus_at_start(int *cpus, size_t most);

/// Does the same for the CPUs that the calling thread may run on now.
size_t s3n_cpus_now(int *cpus, size_t most);
