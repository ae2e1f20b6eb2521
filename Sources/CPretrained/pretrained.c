#include "include/pretrained.h"

extern const unsigned char s3n_birdlets_backbone[], s3n_birdlets_backbone_end[];

const unsigned char *s3n_birdlets_backbone_start(void) { return s3n_birdlets_backbone; }
size_t s3n_birdlets_backbone_size(void) { return (size_t)(s3n_birdlets_backbone_end - s3n_birdlets_backbone); }
