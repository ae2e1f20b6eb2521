// libjpeg, libpng and libwebp behind plain functions: their longjmps end in here, and what they warn of is judged in here.
#pragma once
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/// An image's size, or why its file was refused.
typedef struct {
  uint32_t width, height;
  char refusal[256];
} s3n_image;

/// The size that a file's header gives; false if it was refused.
typedef bool s3n_image_header(const uint8_t *bytes, size_t count, s3n_image *image);
s3n_image_header s3n_jpeg_header, s3n_png_header, s3n_webp_header;

/// Decodes a whole file to the RGB that Pillow's `convert("RGB")` makes of it; false if it was refused.
///
/// `rgb` has room for the header's width * height * 3 values. If it is null all of the file is read and judged as for an
/// image, which takes less time and memory.
typedef bool s3n_image_decode(const uint8_t *bytes, size_t count, uint8_t *rgb, s3n_image *image);
s3n_image_decode s3n_jpeg_decode, s3n_png_decode, s3n_webp_decode;

/// A file that was made: `bytes` is to be freed by `free`, and is null if `refusal` says why there is none.
typedef struct {
  uint8_t *bytes;
  size_t count;
  char refusal[256];
} s3n_encoded;

/// Width * height * 3 values as a JPEG of a quality from 1 to 100, its colours at half the resolution unless `full_colour`.
s3n_encoded s3n_jpeg_encode(const uint8_t *rgb, uint32_t width, uint32_t height, int quality, bool full_colour);

/// Width * height * 3 values as a PNG.
s3n_encoded s3n_png_encode(const uint8_t *rgb, uint32_t width, uint32_t height);

/// The versions of libpng and libwebp as they are loaded, and of libjpeg-turbo as it was compiled against: it tells no other.
const char *s3n_libjpeg_version(void);
const char *s3n_libpng_version(void);
const char *s3n_libwebp_version(void);
