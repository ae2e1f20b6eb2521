#pragma once

#include <stddef.h>

/// birdlets-backbone.safetensors, the backbone that the embedded dataset's recipe starts from.
const unsigned char *s3n_birdlets_backbone_start(void);
size_t s3n_birdlets_backbone_size(void);
