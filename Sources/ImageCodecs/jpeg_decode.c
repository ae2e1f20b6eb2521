#include <string.h>

#include "image_codecs.h"
#include "jpeg_failure.h"

/// More scans than any encoder writes; a file with thousands of them would take hours.
enum { most_scans = 500, rows_at_once = 16 };

/// The state for one file. Its decompressor is new, so a file that lacks a table never uses one from another file.
typedef struct {
  struct jpeg_decompress_struct codec;
  struct jpeg_progress_mgr progress;
  s3n_jpeg_failure failure;
  const uint8_t *bytes;
  size_t count;
  uint8_t *rgb;
  s3n_image *image;
} reader;

static void watch_scans(j_common_ptr codec) {
  if (((j_decompress_ptr)codec)->input_scan_number > most_scans)
    s3n_jpeg_refuse(codec, "it has more than 500 scans, the file is damaged");
}

static void read_header(reader *r) {
  jpeg_create_decompress(&r->codec);
  r->progress.progress_monitor = watch_scans;
  r->codec.progress = &r->progress;
  jpeg_mem_src(&r->codec, r->bytes, r->count);
  jpeg_read_header(&r->codec, TRUE);
  r->image->width = r->codec.image_width;
  r->image->height = r->codec.image_height;
}

/// a * b / 255, rounded as in Pillow.
static unsigned product(unsigned a, unsigned b) {
  unsigned sum = a * b + 128;
  return (sum + (sum >> 8)) >> 8;
}

/// Converts CMYK to RGB. Four-colour files store inverted values, as Adobe writes them; Pillow treats all of them so.
static void light_of_ink(const uint8_t *cmyk, uint8_t *rgb, size_t width) {
  for (size_t x = 0; x < width; x++, cmyk += 4, rgb += 3)
    for (int c = 0; c < 3; c++) rgb[c] = (uint8_t)(cmyk[3] - product(255u - cmyk[c], cmyk[3]));
}

static void read_image(reader *r) {
  read_header(r);
  j_decompress_ptr codec = &r->codec;
  bool is_ink = codec->num_components == 4;
  if (!is_ink && codec->num_components != 1 && codec->num_components != 3)
    s3n_jpeg_refuse((j_common_ptr)codec, "it has two colours to a pixel, expected one, three or four");
  codec->out_color_space = is_ink ? JCS_CMYK : JCS_RGB;
  codec->dct_method = JDCT_ISLOW;
  // All data are decoded at any scale, but a smaller scale means less work afterwards.
  if (!r->rgb) codec->scale_denom = 8;
  jpeg_start_decompress(codec);

  size_t width = codec->output_width;
  bool in_place = r->rgb && !is_ink;
  JSAMPROW row = codec->mem->alloc_large((j_common_ptr)codec, JPOOL_IMAGE, width * (size_t)codec->output_components);
  while (codec->output_scanline < codec->output_height) {
    size_t y = codec->output_scanline;
    if (in_place) {
      JSAMPROW rows[rows_at_once];
      for (size_t i = 0; i < rows_at_once; i++) rows[i] = r->rgb + (y + i) * width * 3;
      size_t left = codec->output_height - y;
      jpeg_read_scanlines(codec, rows, left < rows_at_once ? (JDIMENSION)left : rows_at_once);
    } else {
      jpeg_read_scanlines(codec, &row, 1);
      if (r->rgb) light_of_ink(row, r->rgb + y * width * 3, width);
    }
  }
  jpeg_finish_decompress(codec);
}

/// libjpeg's errors end here. This function has no local variables that the jump could clobber.
static bool attempt(reader *r, void (*work)(reader *)) {
  if (setjmp(r->failure.point) != 0) return false;
  work(r);
  return true;
}

static bool read_file(const uint8_t *bytes, size_t count, uint8_t *rgb, s3n_image *image, void (*work)(reader *)) {
  reader r = {.bytes = bytes, .count = count, .rgb = rgb, .image = image};
  memset(image, 0, sizeof *image);
  r.codec.err = s3n_jpeg_failing(&r.failure, image->refusal, sizeof image->refusal);
  bool done = attempt(&r, work);
  jpeg_destroy_decompress(&r.codec);
  return done;
}

bool s3n_jpeg_header(const uint8_t *bytes, size_t count, s3n_image *image) {
  return read_file(bytes, count, NULL, image, read_header);
}

bool s3n_jpeg_decode(const uint8_t *bytes, size_t count, uint8_t *rgb, s3n_image *image) {
  return read_file(bytes, count, rgb, image, read_image);
}

#define TEXT_OF(macro) #macro
#define TEXT(macro) TEXT_OF(macro)
const char *s3n_libjpeg_version(void) { return TEXT(LIBJPEG_TURBO_VERSION); }
