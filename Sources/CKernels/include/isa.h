// Which instruction set the kernels run with.
#pragma once

typedef enum { s3n_isa_portable = 0, s3n_isa_avx2 = 1, s3n_isa_avx512 = 2 } s3n_isa;

/// The instruction set in use: the best that this CPU has, or what S3N_ISA (portable, avx2, avx512f, avx512) asks for if the CPU has it.
s3n_isa s3n_current_isa(void);

/// Whether this CPU can run `isa`.
int s3n_isa_is_supported(s3n_isa isa);

/// Uses `isa` from now on; returns 0 and changes nothing if this CPU cannot run it. For the start of a program: what was
/// packed for another set cannot be used.
int s3n_use_isa(s3n_isa isa);

/// Whether AVX-512 multiplies pairs of bfloat16 itself; S3N_ISA=avx512f uses AVX-512 as if the CPU could not.
int s3n_has_dot_products(void);

/// What S3N_ISA would have to say for the kernels in use: "avx512f" for AVX-512 that does not multiply pairs itself.
const char *s3n_kernels_name(void);

/// "portable", "avx2" or "avx512".
const char *s3n_isa_name(s3n_isa isa);
