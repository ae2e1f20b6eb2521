// Ends the program on system failures that it cannot recover from.
#pragma once

/// Writes "Error: MESSAGE." and the last words to standard error, and exits with code 71 (EX_OSERR). For failures that
/// no caller can handle, such as missing memory or libraries. Allocates no memory; any thread may call it.
__attribute__((noreturn)) void s3n_give_up(const char *message);

/// Sets what the user should know or do when the program gives up, in whole sentences; at most 1000 bytes are kept.
void s3n_set_last_words(const char *words);

/// From now on, gives up when an allocation of Swift or C++ fails, which makes them trap or abort. An abort under a
/// memory limit counts as one; any other such signal only if memory is short, else it takes its default course.
void s3n_watch_for_failed_allocations(void);
