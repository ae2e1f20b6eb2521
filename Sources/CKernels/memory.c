#define _GNU_SOURCE
#include "include/memory.h"

#include <stdlib.h>
#include <sys/mman.h>

static const size_t huge_page = (size_t)2 << 20;

void *s3n_allocate(size_t bytes) {
  size_t alignment = bytes >= 2 * huge_page ? huge_page : 64;
  size_t rounded = (bytes + alignment - 1) / alignment * alignment;
  void *memory = aligned_alloc(alignment, rounded ? rounded : alignment);
  if (memory && alignment == huge_page) madvise(memory, rounded, MADV_HUGEPAGE);
  return memory;
}

void s3n_free(void *memory) { free(memory); }
