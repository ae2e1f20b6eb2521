// libjpeg, libpng and libwebp behind plain functions, which contain their longjmps and judge their warnings.
#pragma once
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/// An image's size, or why its file was rejected.
typedef struct {
  uint32_t width, height;
  char refusal[256];
} s3n_image;

/// Reads the size from a file's header; returns false if the file was rejected.
typedef bool s3n_image_header(const uint8_t *bytes, size_t count, s3n_image *image);
s3n_image_header s3n_jpeg_header, s3n_png_header, s3n_webp_header;

/// Decodes a whole file to RGB as Pillow's `convert("RGB")` does; returns false if the file was rejected.
///
/// `rgb` must have room for width * height * 3 values. If it is null, the whole file is still read and checked, in less
/// time and memory.
typedef bool s3n_image_decode(const uint8_t *bytes, size_t count, uint8_t *rgb, s3n_image *image);
s3n_image_decode s3n_jpeg_decode, s3n_png_decode, s3n_webp_decode;

/// An encoded file: free `bytes` with `free`; it is null if encoding failed, and then `refusal` says why.
typedef struct {
  uint8_t *bytes;
  size_t count;
  char refusal[256];
} s3n_encoded;

/// Encodes width * height * 3 values as a JPEG of quality 1 to 100, chroma at half resolution unless `full_colour`.
s3n_encoded s3n_jpeg_encode(const uint8_t *rgb, uint32_t width, uint32_t height, int quality, bool full_colour);

/// Encodes width * height * 3 values as a PNG.
s3n_encoded s3n_png_encode(const uint8_t *rgb, uint32_t width, uint32_t height);

/// The versions of the loaded libpng and libwebp, and of libjpeg-turbo at compile time, the only one it reports.
const char *s3n_libjpeg_version(void);
const char *s3n_libpng_version(void);
const char *s3n_libwebp_version(void);
