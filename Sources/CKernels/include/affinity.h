// The CPUs that threads may run on.
#pragma once
#include <pthread.h>

/// Lets a thread run on every CPU that the process started with.
void s3n_unpin(pthread_t thread);

/// Lets the calling thread run on every CPU that the process started with, whatever its creator is pinned to.
void s3n_unpin_thread(void);
