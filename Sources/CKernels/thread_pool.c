#define _GNU_SOURCE
#include "include/thread_pool.h"

#include "include/affinity.h"
#include "include/give_up.h"
#include "include/region_recorder.h"

#include <linux/futex.h>
#include <pthread.h>
#include <sched.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/syscall.h>
#include <unistd.h>

enum { max_threads = 256, spins_before_sleep = 20000, scratch_slots = 4 };
static const unsigned long long open_bit = 1ull << 31;

static struct {
  s3n_task body;
  void *context;
  size_t ranges;  // how many workers' ranges the tasks are cut into
  // The region's number (high half), whether workers may join it (`open_bit`), and how many are in it (low bits). A
  // worker that wakes too late finds the region closed, so nobody waits for it.
  _Alignas(64) atomic_ullong region;
  _Alignas(64) atomic_uint generation;  // raised once a region: what sleeping workers wait on
  _Alignas(64) atomic_uint sleepers;
  _Alignas(64) atomic_flag busy;
  atomic_size_t threads;  // 0: not chosen yet
  atomic_int may_pin;
  // The worker threads that exist, and the thread count and pinning they were last arranged for; guarded by `busy`.
  pthread_t workers[max_threads];
  size_t started;
  size_t arranged;
} pool = {.busy = ATOMIC_FLAG_INIT, .may_pin = 1};

/// Each worker starts with its own range of tasks, which are adjacent in memory, and then helps the others.
static struct {
  _Alignas(64) atomic_size_t next;
  size_t end;
} range[max_threads];

static _Thread_local struct { void *memory[scratch_slots]; size_t bytes[scratch_slots]; } scratch;

static void relax(void) {
#if defined(__x86_64__)
  __builtin_ia32_pause();
#endif
}

static size_t allowed_cpus(int *cpus) {
  const size_t count = s3n_cpus_now(cpus, max_threads);
  if (count > 0) return count;
  cpus[0] = 0;
  return 1;
}

size_t s3n_cpu_count(void) {
  int cpus[max_threads];
  return allowed_cpus(cpus);
}

static size_t pool_threads(void) {
  size_t threads = atomic_load(&pool.threads);
  if (threads == 0) {
    threads = s3n_cpu_count();
    atomic_store(&pool.threads, threads);
  }
  return threads;
}

size_t s3n_thread_count(void) {
  const size_t recorded = s3n_recorded_threads();
  return recorded > 0 ? recorded : pool_threads();
}

void s3n_set_thread_count(size_t count) {
  if (count == 0) count = s3n_cpu_count();
  atomic_store(&pool.threads, count < max_threads ? count : max_threads);
}

void s3n_set_pinning(int may_pin) { atomic_store(&pool.may_pin, may_pin); }

static void run_tasks(size_t worker) {
  for (size_t i = 0; i < pool.ranges; i++) {
    const size_t r = (worker + i) % pool.ranges;
    for (size_t task; (task = atomic_fetch_add_explicit(&range[r].next, 1, memory_order_relaxed)) < range[r].end;)
      pool.body(pool.context, task);
  }
}

static unsigned wait_for_region(unsigned seen) {
  for (int spin = 0; spin < spins_before_sleep; spin++) {
    unsigned now = atomic_load_explicit(&pool.generation, memory_order_acquire);
    if (now != seen) return now;
    relax();
  }
  atomic_fetch_add(&pool.sleepers, 1);
  while (atomic_load(&pool.generation) == seen)
    syscall(SYS_futex, &pool.generation, FUTEX_WAIT_PRIVATE, seen, NULL, NULL, 0);
  atomic_fetch_sub(&pool.sleepers, 1);
  return atomic_load(&pool.generation);
}

/// Joins the current region if it is open.
static int join_region(void) {
  unsigned long long region = atomic_load(&pool.region);
  while (region & open_bit)
    if (atomic_compare_exchange_weak(&pool.region, &region, region + 1)) return 1;
  return 0;
}

typedef struct { size_t worker; unsigned seen; } worker_start;

static void *worker_main(void *argument) {
  worker_start start = *(worker_start *)argument;
  free(argument);
  for (unsigned seen = start.seen;;) {
    seen = wait_for_region(seen);
    // Workers beyond the current thread count skip the region.
    if (start.worker >= atomic_load(&pool.threads) || !join_region()) continue;
    run_tasks(start.worker);
    atomic_fetch_sub_explicit(&pool.region, 1, memory_order_release);
  }
  return NULL;
}

/// Pins worker k to an allowed CPU of its own, or unpins all workers, if anything has changed. An unpinned worker may
/// be woken on the caller's CPU, which costs up to half a millisecond. But pinned programs that do not use all CPUs
/// would all share the first ones while others idle.
static void pin_workers(size_t threads) {
  const int may_pin = atomic_load(&pool.may_pin);
  const size_t arranged = 2 * threads + (may_pin != 0);
  if (pool.arranged == arranged) return;
  pool.arranged = arranged;
  int cpus[max_threads];
  const size_t count = allowed_cpus(cpus);
  for (size_t k = 0; k < pool.started; k++) {
    if (may_pin && threads == count)
      s3n_pin(pool.workers[k], cpus[(k + 1) % count]);
    else
      s3n_unpin(pool.workers[k]);
  }
}

/// Starts workers until `wanted` exist or the system refuses; the pool then uses those that exist.
static void start_workers(size_t wanted) {
  while (pool.started < wanted) {
    worker_start *start = malloc(sizeof *start);
    if (!start) break;
    *start = (worker_start){pool.started + 1, atomic_load(&pool.generation)};
    if (pthread_create(&pool.workers[pool.started], NULL, worker_main, start) != 0) {
      free(start);
      break;
    }
    pthread_detach(pool.workers[pool.started]);
    pool.started++;
  }
  if (pool.started < wanted) atomic_store(&pool.threads, pool.started + 1);
  pool.arranged = 0;
}

static int hold_pool(void) { return !atomic_flag_test_and_set_explicit(&pool.busy, memory_order_acquire); }
static void release_pool(void) { atomic_flag_clear_explicit(&pool.busy, memory_order_release); }

size_t s3n_start_threads(void) {
  const size_t threads = pool_threads();
  if (threads > 1 && hold_pool()) {
    if (pool.started + 1 < threads) start_workers(threads - 1);
    release_pool();
  }
  return s3n_thread_count();
}

void s3n_parallel(size_t tasks, s3n_task body, void *context) {
  if (s3n_record_region(tasks, body, context)) return;
  size_t threads = s3n_thread_count();
  if (tasks < 2 || threads < 2 || !hold_pool()) {
    for (size_t task = 0; task < tasks; task++) body(context, task);
    return;
  }
  if (pool.started + 1 < threads) start_workers(threads - 1);
  threads = s3n_thread_count() < threads ? s3n_thread_count() : threads;
  pin_workers(threads);
  pool.body = body;
  pool.context = context;
  pool.ranges = threads;
  for (size_t r = 0; r < threads; r++) {
    atomic_store_explicit(&range[r].next, tasks * r / threads, memory_order_relaxed);
    range[r].end = tasks * (r + 1) / threads;
  }
  const unsigned long long number = ((atomic_load(&pool.region) >> 32) + 1) << 32;
  atomic_store(&pool.region, number | open_bit);
  atomic_fetch_add(&pool.generation, 1);
  if (atomic_load(&pool.sleepers) > 0)
    syscall(SYS_futex, &pool.generation, FUTEX_WAKE_PRIVATE, max_threads, NULL, NULL, 0);
  run_tasks(0);
  atomic_fetch_and(&pool.region, ~open_bit);
  for (unsigned spin = 1; atomic_load_explicit(&pool.region, memory_order_acquire) != number; spin++) {
    relax();
    if (spin % 1024 == 0) sched_yield();
  }
  release_pool();
}

void *s3n_scratch(size_t slot, size_t bytes) {
  if (scratch.bytes[slot] < bytes) {
    free(scratch.memory[slot]);
    size_t rounded = (bytes + 4095) & ~(size_t)4095;
    scratch.memory[slot] = aligned_alloc(64, rounded);
    if (!scratch.memory[slot]) {
      char message[100];
      snprintf(message, sizeof message, "out of memory: the %zu bytes of a kernel's scratch cannot be had", rounded);
      s3n_give_up(message);
    }
    scratch.bytes[slot] = rounded;
  }
  return scratch.memory[slot];
}
