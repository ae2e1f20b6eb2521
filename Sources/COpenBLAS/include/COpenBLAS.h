// OpenBLAS, loaded when the first product is computed. If linked, it would start a thread per CPU before main and end
// the process where it may not do so; and without memory it retries its allocation forever.
#pragma once

/// c (m, n) += op(a) (m, k) * op(b) (k, n), all row-major and dense; op transposes or does nothing.
/// Runs on the calling thread alone, so that the bits do not depend on the number of threads.
void s3n_sgemm(int a_is_transposed, int b_is_transposed, int m, int n, int k, const float *a, const float *b, float *c);

/// The library's version and build options, and the kernel that it chose for this CPU.
const char *s3n_openblas_config(void);
const char *s3n_openblas_core(void);

/// Why the library, and with it any product, is unavailable; NULL if it can be loaded.
const char *s3n_openblas_obstacle(void);
