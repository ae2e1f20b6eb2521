// Which instruction set the kernels run with.
#pragma once

typedef enum { s3n_isa_portable = 0, s3n_isa_avx2 = 1, s3n_isa_avx512 = 2 } s3n_isa;

/// The instruction set in use: the one that S3N_ISA (portable, avx2, avx512f, avx512) names if this CPU supports it,
/// otherwise the best that it supports.
s3n_isa s3n_current_isa(void);

/// Whether this CPU can run `isa`.
int s3n_isa_is_supported(s3n_isa isa);

/// Uses `isa` from now on; returns 0 and changes nothing if this CPU cannot run it. Call it at program start: data
/// packed for another set cannot be used.
int s3n_use_isa(s3n_isa isa);

/// Whether the CPU has instructions for AVX-512 products of bfloat16 pairs; S3N_ISA=avx512f pretends that it has not.
int s3n_has_dot_products(void);

/// The value of S3N_ISA that selects the kernels in use: "avx512f" for AVX-512 without bfloat16 products.
const char *s3n_kernels_name(void);

/// "portable", "avx2" or "avx512".
const char *s3n_isa_name(s3n_isa isa);
