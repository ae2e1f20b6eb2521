#define _GNU_SOURCE
#include "include/give_up.h"

#include <poll.h>
#include <signal.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sysexits.h>
#include <unistd.h>

static char last_words[1001];

void s3n_set_last_words(const char *words) { strncpy(last_words, words, sizeof last_words - 1); }

static void say(const char *text) {
  // Standard error may be a pipe that nobody reads: do not block on it.
  struct pollfd out = {.fd = STDERR_FILENO, .events = POLLOUT};
  if (poll(&out, 1, 2000) <= 0) return;
  if (write(STDERR_FILENO, text, strlen(text)) < 0) return;
}

void s3n_give_up(const char *message) {
  say("\nError: ");
  say(message);
  say(". ");
  say(last_words);
  say("\n");
  _exit(EX_OSERR);
}

static int is_limited(int resource) {
  struct rlimit limit;
  return getrlimit(resource, &limit) == 0 && limit.rlim_cur != RLIM_INFINITY;
}

static int is_memory_short(void) {
  const size_t large = (size_t)256 << 20;
  void *memory = mmap(NULL, large, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  if (memory == MAP_FAILED) return 1;
  munmap(memory, large);
  return 0;
}

static void on_trap(int number) {
  // Swift aborts on failed allocations, which happen only under a limit; the request may have exceeded the memory left.
  const int is_limited_abort = number == SIGABRT && (is_limited(RLIMIT_AS) || is_limited(RLIMIT_DATA));
  if (is_limited_abort || is_memory_short()) s3n_give_up("out of memory");
  // The trapping instruction runs again, and abort raises its signal once more.
  signal(number, SIG_DFL);
}

void s3n_watch_for_failed_allocations(void) {
  const int numbers[] = {SIGILL, SIGTRAP, SIGABRT};
  for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++) signal(numbers[i], on_trap);
}
