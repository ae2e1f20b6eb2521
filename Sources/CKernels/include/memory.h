// Aligned memory for tensors.
#pragma once
#include <stddef.h>

/// Allocates at least `bytes`, aligned to 64 bytes and zeroed if `zeroed`; returns NULL if out of memory. Large blocks
/// are 2 MiB-aligned, ask for huge pages and take memory page by page when touched, so zeroing them costs nothing.
void *s3n_allocate(size_t bytes, int zeroed);

/// Frees memory that `s3n_allocate` returned for the same `bytes`.
void s3n_free(void *memory, size_t bytes);
