// The CPUs that threads may run on.
#pragma once
#include <pthread.h>
#include <stddef.h>

/// Keeps a thread on one CPU.
void s3n_pin(pthread_t thread, int cpu);

/// Lets a thread run on every CPU that the process started with.
void s3n_unpin(pthread_t thread);

/// Lets the calling thread run on every CPU that the process started with, whatever its creator is pinned to.
void s3n_unpin_thread(void);

/// The numbers of the CPUs that the process started with, `most` of them at most; returns how many, 0 where the system does not say.
size_t s3n_cpus_at_start(int *cpus, size_t most);

/// The same of those that the calling thread may run on now.
size_t s3n_cpus_now(int *cpus, size_t most);
