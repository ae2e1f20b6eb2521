#include <mpi.h>

// What is a macro that Swift does not see.

static inline MPI_Comm s3n_mpi_world(void) { return MPI_COMM_WORLD; }
static inline MPI_Datatype s3n_mpi_byte(void) { return MPI_BYTE; }
static inline MPI_Request s3n_mpi_no_request(void) { return MPI_REQUEST_NULL; }
static inline int s3n_mpi_test(MPI_Request *request, int *done) { return MPI_Test(request, done, MPI_STATUS_IGNORE); }
static inline int s3n_mpi_return_errors(void) { return MPI_Comm_set_errhandler(MPI_COMM_WORLD, MPI_ERRORS_RETURN); }
