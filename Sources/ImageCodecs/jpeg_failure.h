// What libjpeg's two halves do about errors and warnings.
#pragma once
#include <setjmp.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>
// libjpeg's headers want the two above.
#include <jpeglib.h>

/// An error manager that ends the work by a jump to `point`, after the reason was written to `refusal`.
typedef struct {
  struct jpeg_error_mgr manager;  // first, as libjpeg hands us a pointer to it
  jmp_buf point;
  char *refusal;
  size_t room;
  /// Whether the bytes to come next belong to a scan.
  bool in_scan;
} s3n_jpeg_failure;

/// The manager to put into `err` of a (de)compressor, before it is created.
struct jpeg_error_mgr *s3n_jpeg_failing(s3n_jpeg_failure *failure, char *refusal, size_t room);

/// Ends the work with a reason of our own.
_Noreturn void s3n_jpeg_refuse(j_common_ptr codec, const char *reason);
