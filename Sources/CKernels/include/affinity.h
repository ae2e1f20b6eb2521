// The CPUs that threads may run on.
#pragma once

/// Lets the calling thread run on every CPU that the process started with, whatever its creator is pinned to.
void s3n_unpin_thread(void);
