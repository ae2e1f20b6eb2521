#define _GNU_SOURCE
#include "include/COpenBLAS.h"

#include <cblas.h>
#include <dlfcn.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

#include "give_up.h"

static struct {
  __typeof__(cblas_sgemm) *sgemm;
  __typeof__(openblas_get_config) *config;
  __typeof__(openblas_get_corename) *core;
} openblas;

/// The memory that the library allocates for one thread's products: 128 MiB on x86, plus some margin.
static const size_t working_memory = (size_t)160 << 20;

static void *symbol(void *library, const char *name) {
  void *address = dlsym(library, name);
  if (!address) s3n_give_up(dlerror());
  return address;
}

/// Makes the library allocate its memory permanently, with a product too large for its allocation-free paths.
static void take_memory(void) {
  void *memory = mmap(NULL, working_memory, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  if (memory == MAP_FAILED) s3n_give_up("out of memory: OpenBLAS needs 160 MiB for its products");
  munmap(memory, working_memory);
  enum { side = 192 };
  static float zeros[side * side];
  openblas.sgemm(CblasRowMajor, CblasNoTrans, CblasNoTrans, side, side, side, 1, zeros, side, zeros, side, 0, zeros, side);
}

/// Returns the library, or NULL.
static void *open_library(void) {
  // The library reads this variable once, while loading.
  char *wanted = getenv("OPENBLAS_NUM_THREADS");
  wanted = wanted ? strdup(wanted) : NULL;
  setenv("OPENBLAS_NUM_THREADS", "1", 1);
  void *library = dlopen("libopenblas.so.0", RTLD_NOW | RTLD_LOCAL);
  if (wanted)
    setenv("OPENBLAS_NUM_THREADS", wanted, 1);
  else
    unsetenv("OPENBLAS_NUM_THREADS");
  free(wanted);
  return library;
}

const char *s3n_openblas_obstacle(void) { return open_library() ? NULL : dlerror(); }

static void load(void) {
  void *library = open_library();
  if (!library) {
    char message[512];
    snprintf(message, sizeof message, "OpenBLAS cannot be loaded: %s. Install it (apt-get install libopenblas0)", dlerror());
    s3n_give_up(message);
  }
  openblas.sgemm = symbol(library, "cblas_sgemm");
  openblas.config = symbol(library, "openblas_get_config");
  openblas.core = symbol(library, "openblas_get_corename");
  take_memory();
}

static void need(void) {
  static pthread_once_t once = PTHREAD_ONCE_INIT;
  pthread_once(&once, load);
}

void s3n_sgemm(int a_is_transposed, int b_is_transposed, int m, int n, int k, const float *a, const float *b, float *c) {
  need();
  openblas.sgemm(CblasRowMajor, a_is_transposed ? CblasTrans : CblasNoTrans, b_is_transposed ? CblasTrans : CblasNoTrans,
                 m, n, k, 1, a, a_is_transposed ? m : k, b, b_is_transposed ? k : n, 1, c, n);
}

const char *s3n_openblas_config(void) {
  need();
  return openblas.config();
}

const char *s3n_openblas_core(void) {
  need();
  return openblas.core();
}
