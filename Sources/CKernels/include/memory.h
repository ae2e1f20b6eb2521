// Aligned memory for tensors.
#pragma once
#include <stddef.h>

/// At least `bytes`, aligned to 64 bytes; large blocks lie on 2 MiB borders and ask for huge pages. NULL when short.
void *s3n_allocate(size_t bytes);
void s3n_free(void *memory);
