// The end of a program that the system does not let go on.
#pragma once

/// Writes "Error: MESSAGE." and the last words to standard error, and ends the program with code 71 (EX_OSERR). For what no caller can mend: no
/// memory, no library. Takes no memory; any thread may call it.
__attribute__((noreturn)) void s3n_give_up(const char *message);

/// What a user should know or do when the program gives up, in whole sentences; at most 1000 bytes of it are kept.
void s3n_set_last_words(const char *words);

/// From now on gives up where a language's own allocation fails, of which Swift and C++ make a trap: on a trap or an abort, it looks whether
/// memory can still be had. If so, the trap goes its way.
void s3n_watch_for_failed_allocations(void);
