#define _GNU_SOURCE
#include "include/memory.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

static const size_t huge_page = (size_t)2 << 20;

static int is_large(size_t bytes) { return bytes >= 2 * huge_page; }

static size_t rounded(size_t bytes, size_t unit) { return (bytes + unit - 1) / unit * unit; }

/// Maps zeroed pages: one huge page more than requested, then unmaps what lies outside the aligned range.
static void *allocate_large(size_t bytes) {
  if (bytes > SIZE_MAX - 2 * huge_page) return NULL;
  const size_t size = rounded(bytes, huge_page);
  char *mapped = mmap(NULL, size + huge_page, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  if (mapped == MAP_FAILED) return NULL;
  const size_t before = rounded((uintptr_t)mapped, huge_page) - (uintptr_t)mapped;
  if (before > 0) munmap(mapped, before);
  munmap(mapped + before + size, huge_page - before);
  madvise(mapped + before, size, MADV_HUGEPAGE);
  return mapped + before;
}

void *s3n_allocate(size_t bytes, int zeroed) {
  if (is_large(bytes)) return allocate_large(bytes);
  void *memory = aligned_alloc(64, rounded(bytes ? bytes : 1, 64));
  if (memory && zeroed) memset(memory, 0, bytes);
  return memory;
}

void s3n_free(void *memory, size_t bytes) {
  if (is_large(bytes))
    munmap(memory, rounded(bytes, huge_page));
  else
    free(memory);
}
