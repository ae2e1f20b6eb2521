#include <stdlib.h>
#include <string.h>

#include "image_codecs.h"
#include "jpeg_failure.h"

typedef struct {
  struct jpeg_compress_struct codec;
  s3n_jpeg_failure failure;
  const uint8_t *rgb;
  uint32_t width, height;
  int quality;
  bool full_colour;
  unsigned char *bytes;
  unsigned long count;
} writer;

static void write_file(writer *w) {
  j_compress_ptr codec = &w->codec;
  jpeg_create_compress(codec);
  jpeg_mem_dest(codec, &w->bytes, &w->count);
  codec->image_width = w->width;
  codec->image_height = w->height;
  codec->input_components = 3;
  codec->in_color_space = JCS_RGB;
  jpeg_set_defaults(codec);
  jpeg_set_quality(codec, w->quality, TRUE);
  codec->dct_method = JDCT_ISLOW;
  int luma = w->full_colour ? 1 : 2;
  codec->comp_info[0].h_samp_factor = codec->comp_info[0].v_samp_factor = luma;
  jpeg_start_compress(codec, TRUE);
  while (codec->next_scanline < codec->image_height) {
    JSAMPROW row = (JSAMPROW)(w->rgb + (size_t)codec->next_scanline * w->width * 3);
    jpeg_write_scanlines(codec, &row, 1);
  }
  jpeg_finish_compress(codec);
}

static bool attempt(writer *w) {
  if (setjmp(w->failure.point) != 0) return false;
  write_file(w);
  return true;
}

s3n_encoded s3n_jpeg_encode(const uint8_t *rgb, uint32_t width, uint32_t height, int quality, bool full_colour) {
  s3n_encoded file = {0};
  writer w = {.rgb = rgb, .width = width, .height = height, .quality = quality, .full_colour = full_colour};
  w.codec.err = s3n_jpeg_failing(&w.failure, file.refusal, sizeof file.refusal);
  bool done = attempt(&w);
  jpeg_destroy_compress(&w.codec);
  if (!done) {
    free(w.bytes);
    return file;
  }
  file.bytes = w.bytes;
  file.count = w.count;
  return file;
}
