// gnuplot through gnuplot-iostream, for callers that know neither C++ nor pipes.
#pragma once
#include <stddef.h>

#ifdef __cplusplus
extern "C" {
#endif

/// The outcome of a run.
enum gnuplot_outcome {
  GNUPLOT_DONE = 0,
  /// No program named gnuplot in the search path.
  GNUPLOT_ABSENT = 1,
  /// gnuplot reported errors or did not exit successfully; the message gives details.
  GNUPLOT_COMPLAINED = 2,
  /// The system could not start it or pass it the script; the message holds the reason.
  GNUPLOT_NOT_STARTED = 3,
};

/// Runs `script` through gnuplot, with `directory` as its working directory and without user settings.
/// `search_path` lists the folders to search for gnuplot, like PATH; NULL means PATH itself.
/// A gnuplot that has not exited after `seconds` is killed, together with its children.
/// `message` receives at most `capacity` bytes, null-terminated. May be called from any thread.
enum gnuplot_outcome gnuplot_run(const char *search_path, const char *directory, const char *script, double seconds,
                                 char *message, size_t capacity);

#ifdef __cplusplus
}
#endif
