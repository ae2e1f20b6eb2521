#include "jpeg_failure.h"

#include <jerror.h>
#include <string.h>

static s3n_jpeg_failure *failure_of(j_common_ptr codec) { return (s3n_jpeg_failure *)codec->err; }

_Noreturn void s3n_jpeg_refuse(j_common_ptr codec, const char *reason) {
  s3n_jpeg_failure *failure = failure_of(codec);
  snprintf(failure->refusal, failure->room, "%s", reason);
  longjmp(failure->point, 1);
}

static void end(j_common_ptr codec) {
  char text[JMSG_LENGTH_MAX], reason[JMSG_LENGTH_MAX + 32];
  codec->err->format_message(codec, text);
  bool is_cut = codec->err->msg_code == JWRN_JPEG_EOF;
  snprintf(reason, sizeof reason, is_cut ? "the file is cut short (%s)" : "%s", text);
  s3n_jpeg_refuse(codec, reason);
}

/// Whether the pixels are as intended despite a libjpeg warning, judged by the warning's kind and its position.
static bool is_harmless(const s3n_jpeg_failure *failure) {
  switch (failure->manager.msg_code) {
    case JWRN_ADOBE_XFORM:     // the number of components decides then, as it mostly does
    case JWRN_JFIF_MAJOR:      // no revision changes how scans are read
    case JWRN_NOT_SEQUENTIAL:  // a sequential scan has all coefficients whatever its header says, Samsung's for one
      return true;
    case JWRN_EXTRANEOUS_DATA:  // after a scan's header these bytes are of its image: the decoder has lost its way
      return !failure->in_scan;
    default:
      return false;
  }
}

/// Called for every warning and for libjpeg's traces of a file's markers.
static void hear(j_common_ptr codec, int level) {
  s3n_jpeg_failure *failure = failure_of(codec);
  if (level < 0) {
    // Fail at once, so that no warning can hide another.
    if (!is_harmless(failure)) end(codec);
    return;
  }
  switch (failure->manager.msg_code) {
    case JTRC_SOS:
      failure->in_scan = true;
      break;
    case JTRC_DHT:
    case JTRC_DQT:
    case JTRC_DRI:
    case JTRC_DAC:
    case JTRC_MISC_MARKER:
      // A segment after the scan: stray bytes before the next segment belong to no image.
      failure->in_scan = false;
      break;
    default:
      break;
  }
}

static void print_nothing(j_common_ptr codec) { (void)codec; }

struct jpeg_error_mgr *s3n_jpeg_failing(s3n_jpeg_failure *failure, char *refusal, size_t room) {
  memset(failure, 0, sizeof *failure);
  jpeg_std_error(&failure->manager);
  failure->manager.error_exit = end;
  failure->manager.emit_message = hear;
  failure->manager.output_message = print_nothing;
  failure->refusal = refusal;
  failure->room = room;
  return &failure->manager;
}
