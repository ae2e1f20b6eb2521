// gnuplot, through gnuplot-iostream, for callers that know neither C++ nor pipes.
#pragma once
#include <stddef.h>

#ifdef __cplusplus
extern "C" {
#endif

/// What came of a run.
enum gnuplot_outcome {
  GNUPLOT_DONE = 0,
  /// No program of the name gnuplot lies in the folders searched.
  GNUPLOT_ABSENT = 1,
  /// gnuplot complained or did not end well; the message says so.
  GNUPLOT_COMPLAINED = 2,
  /// The system would not start it or take the script; the message holds the reason.
  GNUPLOT_NOT_STARTED = 3,
};

/// Runs `script` through gnuplot, with `directory` as its working directory and no user's settings.
/// `search_path` lists the folders that gnuplot may lie in, like PATH, which NULL stands for.
/// A gnuplot that has not come to an end after some seconds is ended, and so is what it has started.
/// `message` receives at most `capacity` bytes, zero-ended. Any thread may call it.
enum gnuplot_outcome gnuplot_run(const char *search_path, const char *directory, const char *script, double seconds,
                                 char *message, size_t capacity);

#ifdef __cplusplus
}
#endif
