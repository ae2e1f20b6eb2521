#include <stdio.h>
#include <string.h>
#include <webp/decode.h>
#include <webp/demux.h>

#include "image_codecs.h"

static bool refuse(s3n_image *image, const char *reason) {
  snprintf(image->refusal, sizeof image->refusal, "%s", reason);
  return false;
}

bool s3n_webp_header(const uint8_t *bytes, size_t count, s3n_image *image) {
  WebPBitstreamFeatures features;
  memset(image, 0, sizeof *image);
  if (WebPGetFeatures(bytes, count, &features) != VP8_STATUS_OK) return refuse(image, "its WebP header is damaged");
  image->width = (uint32_t)features.width;
  image->height = (uint32_t)features.height;
  return true;
}

/// Decodes the first frame on its canvas, or the whole of a still image; transparent pixels keep their colours.
static bool read_frame(WebPAnimDecoder *decoder, uint8_t *rgb, s3n_image *image) {
  WebPAnimInfo info;
  uint8_t *rgba;
  int time;
  if (!WebPAnimDecoderGetInfo(decoder, &info) || info.canvas_width != image->width || info.canvas_height != image->height)
    return refuse(image, "its WebP headers give two sizes");
  if (!WebPAnimDecoderGetNext(decoder, &rgba, &time)) return refuse(image, "its WebP data are damaged");
  size_t pixels = (size_t)image->width * image->height;
  for (size_t i = 0; rgb && i < pixels; i++) memcpy(rgb + 3 * i, rgba + 4 * i, 3);
  return true;
}

bool s3n_webp_decode(const uint8_t *bytes, size_t count, uint8_t *rgb, s3n_image *image) {
  if (!s3n_webp_header(bytes, count, image)) return false;
  WebPData data = {.bytes = bytes, .size = count};
  WebPAnimDecoderOptions options;
  if (!WebPAnimDecoderOptionsInit(&options)) return refuse(image, "libwebp is of another version");
  options.color_mode = MODE_RGBA;
  WebPAnimDecoder *decoder = WebPAnimDecoderNew(&data, &options);
  if (!decoder) return refuse(image, "the file is cut short, or damaged");
  bool done = read_frame(decoder, rgb, image);
  WebPAnimDecoderDelete(decoder);
  return done;
}

const char *s3n_libwebp_version(void) {
  static _Thread_local char text[16];
  int version = WebPGetDecoderVersion();
  snprintf(text, sizeof text, "%d.%d.%d", version >> 16 & 255, version >> 8 & 255, version & 255);
  return text;
}
