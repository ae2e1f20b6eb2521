#include <fftw3.h>

/// The library's version and how it was built; Swift does not see arrays of unknown length.
static inline const char *s3n_fftw_version(void) { return fftw_version; }
