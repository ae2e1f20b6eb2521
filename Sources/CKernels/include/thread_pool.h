// A pool of worker threads that spin briefly, then sleep on a futex.
#pragma once
#include <stddef.h>

/// Runs one task of a parallel region.
typedef void (*s3n_task)(void *context, size_t task);

/// Runs `body` for every task in 0..<tasks on the pool and returns when all are done. Each worker starts with its own
/// range of tasks, in order, and then takes tasks from others, so a result must not depend on which worker ran it. A
/// call from inside a region, or while another thread holds the pool, runs its tasks sequentially.
void s3n_parallel(size_t tasks, s3n_task body, void *context);

/// The number of threads a region may use, including the calling one.
size_t s3n_thread_count(void);

/// Sets the number of threads, at least 1; 0 means the number of CPUs this process may run on.
void s3n_set_thread_count(size_t count);

/// Starts the threads now. Returns their number, including the calling one; if the system starts fewer, the thread
/// count is reduced to that.
size_t s3n_start_threads(void);

/// Sets whether workers may be pinned to CPUs, which happens when there are as many threads as CPUs. Initially on.
void s3n_set_pinning(int may_pin);

/// The number of CPUs this process may run on.
size_t s3n_cpu_count(void);

/// Returns scratch memory of at least `bytes`, aligned to 64 bytes, owned by the calling thread and `slot` (below 4).
/// It stays valid until the same thread requests the same slot again.
void *s3n_scratch(size_t slot, size_t bytes);
