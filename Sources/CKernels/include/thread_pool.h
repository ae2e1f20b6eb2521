// A pool of worker threads that spin briefly, then sleep on a futex.
#pragma once
#include <stddef.h>

/// Work on one task of a parallel region.
typedef void (*s3n_task)(void *context, size_t task);

/// Runs `body` for every task in 0..<tasks on the pool and returns when all are done.
/// Each worker begins with a part of the tasks of its own, in order, and then takes from the others': a result must not depend on which worker ran it.
/// A call from inside a region, or while another thread holds the pool, runs its tasks one after the other.
void s3n_parallel(size_t tasks, s3n_task body, void *context);

/// Threads a region may use, the calling one included.
size_t s3n_thread_count(void);

/// Sets the number of threads, 1 or more; 0 asks for the CPUs this process may run on.
void s3n_set_thread_count(size_t count);

/// Starts the threads now. Returns how many there are, the calling one included: where the system gives fewer, the number is set to that.
size_t s3n_start_threads(void);

/// Whether each worker may be pinned to a CPU; it is if there are as many threads as CPUs. On at first.
void s3n_set_pinning(int may_pin);

/// The CPUs this process may run on.
size_t s3n_cpu_count(void);

/// Scratch of at least `bytes`, aligned to 64 bytes, owned by the calling thread and `slot` (below 4).
/// It stays valid until the same thread asks for the same slot again.
void *s3n_scratch(size_t slot, size_t bytes);
