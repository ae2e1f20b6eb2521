// Three-channel pixels, read as four floats, the fourth belonging to a neighbour: a colour is then one vector, and
// adjacent pixels need no gather.
#include <string.h>

typedef float float4 __attribute__((vector_size(16), aligned(4), may_alias));

/// Samples whose positions are computed together, while they are in the L1 cache.
enum { sample_block = 64 };

typedef struct { float4 a, b, c, d; } four_pixels;  // a b above c d

static inline float4 load4(const float *from) { return *(const float4 *)from; }

static inline float4 load3(const float *from) { return (float4){from[0], from[1], from[2], 0}; }

/// Bilinear interpolation: `right` of the way from left to right, `down` from top to bottom; exact at both ends.
static inline float4 blend_pixels(four_pixels p, float right, float down) {
  float4 above = (1 - right) * p.a + right * p.b, below = (1 - right) * p.c + right * p.d;
  return (1 - down) * above + down * below;
}

/// Stores a colour in a row. Its fourth float is overwritten by the next pixel, and omitted for the last pixel.
static inline void store_pixel(float *to, float4 value, int last) {
  if (last)
    memcpy(to, &value, 3 * sizeof(float));
  else
    *(float4 *)to = value;
}

/// The gradient of a colour's three channels; the fourth float is not read at the end of a row.
static inline float4 load_gradient(const float *from, int last) { return last ? load3(from) : load4(from); }

static inline float sum3(float4 value) { return value[0] + value[1] + value[2]; }

/// The largest integer not above `value`, which must be in the range of int32_t.
static inline int32_t floor_of(float value) {
  int32_t whole = (int32_t)value;
  return whole - ((float)whole > value);
}
