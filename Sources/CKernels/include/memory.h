// Aligned memory for tensors.
#pragma once
#include <stddef.h>

/// At least `bytes`, aligned to 64 bytes, all zero if `zeroed`; NULL when short. Large blocks lie on 2 MiB borders, ask for
/// huge pages, and take memory page by page as they are touched: zeros cost nothing before.
void *s3n_allocate(size_t bytes, int zeroed);

/// Gives back what `s3n_allocate` gave for the same `bytes`.
void s3n_free(void *memory, size_t bytes);
