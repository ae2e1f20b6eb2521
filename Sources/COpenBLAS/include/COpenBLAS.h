// OpenBLAS, loaded when a product is first asked for. Linked, it would start a thread for every CPU before main begins, and
// end the process where it may not; and it asks for its memory again and again, for ever, where there is none.
#pragma once

/// c (m, n) += form(a) (m, k) * form(b) (k, n), all row by row without gaps; a form is transposed or as it is.
/// On the calling thread alone, so that the bits do not depend on the number of threads.
void s3n_sgemm(int a_is_transposed, int b_is_transposed, int m, int n, int k, const float *a, const float *b, float *c);

/// The library's version and how it was built, and the kernel that it has chosen for this CPU.
const char *s3n_openblas_config(void);
const char *s3n_openblas_core(void);

/// Why the library cannot be loaded, and with it nothing that needs a product; NULL if it can.
const char *s3n_openblas_obstacle(void);
