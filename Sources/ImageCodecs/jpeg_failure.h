// Handling of errors and warnings for libjpeg's compressor and decompressor.
#pragma once
#include <setjmp.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>
// libjpeg's headers need the two includes above.
#include <jpeglib.h>

/// An error manager that writes the reason to `refusal` and then ends the work with a jump to `point`.
typedef struct {
  struct jpeg_error_mgr manager;  // first, as libjpeg hands us a pointer to it
  jmp_buf point;
  char *refusal;
  size_t room;
  /// Whether the next bytes belong to a scan.
  bool in_scan;
} s3n_jpeg_failure;

/// Returns the manager to store in `err` of a compressor or decompressor before creating it.
struct jpeg_error_mgr *s3n_jpeg_failing(s3n_jpeg_failure *failure, char *refusal, size_t room);

/// Ends the work with our own reason.
_Noreturn void s3n_jpeg_refuse(j_common_ptr codec, const char *reason);
