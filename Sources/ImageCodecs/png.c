#include <png.h>
#include <stdlib.h>
#include <string.h>

#include "image_codecs.h"

/// The state for one file.
typedef struct {
  png_structp png;
  png_infop info;
  const uint8_t *next;
  size_t left;
  uint8_t *rgb;
  s3n_image *image;
  /// Scratch row for rows whose pixels are not wanted.
  uint8_t *row;
} reader;

static void fail(png_structp png, const char *message) {
  reader *r = png_get_error_ptr(png);
  snprintf(r->image->refusal, sizeof r->image->refusal, "%s", message);
  png_longjmp(png, 1);
}

// libpng's warnings, such as one about a damaged text chunk, do not concern pixels.
static void ignore(png_structp png, const char *message) {
  (void)png;
  (void)message;
}

static void take(png_structp png, png_bytep bytes, size_t count) {
  reader *r = png_get_io_ptr(png);
  if (count > r->left) png_error(png, "the file is cut short");
  memcpy(bytes, r->next, count);
  r->next += count;
  r->left -= count;
}

static void read_header(reader *r) {
  png_set_read_fn(r->png, r, take);
  png_read_info(r->png, r->info);
  r->image->width = png_get_image_width(r->png, r->info);
  r->image->height = png_get_image_height(r->png, r->info);
}

/// Converts 16-bit grey to RGB in place: like Pillow, turns all values above 255 into white.
static void clip_grey(uint8_t *row, size_t width) {
  for (size_t x = width; x-- > 0;) {
    uint8_t grey = row[2 * x] ? 255 : row[2 * x + 1];
    memset(row + 3 * x, grey, 3);
  }
}

static void read_image(reader *r) {
  read_header(r);
  png_structp png = r->png;
  int colours = png_get_color_type(png, r->info), depth = png_get_bit_depth(png, r->info);
  bool is_deep_grey = colours == PNG_COLOR_TYPE_GRAY && depth == 16;
  if (colours == PNG_COLOR_TYPE_PALETTE) png_set_palette_to_rgb(png);
  if (colours == PNG_COLOR_TYPE_GRAY && depth < 8) png_set_expand_gray_1_2_4_to_8(png);
  if (depth == 16 && !is_deep_grey) png_set_strip_16(png);
  if (!(colours & PNG_COLOR_MASK_COLOR) && !is_deep_grey) png_set_gray_to_rgb(png);
  png_set_strip_alpha(png);
  int passes = png_set_interlace_handling(png);
  png_read_update_info(png, r->info);

  size_t width = r->image->width, height = r->image->height;
  if (png_get_rowbytes(png, r->info) != width * (is_deep_grey ? 2 : 3)) png_error(png, "its colours are not understood");
  if (!r->rgb) r->row = png_malloc(png, width * 3);
  for (int pass = 0; pass < passes; pass++)
    for (size_t y = 0; y < height; y++) png_read_row(png, r->rgb ? r->rgb + y * width * 3 : r->row, NULL);
  png_read_end(png, NULL);
  for (size_t y = 0; is_deep_grey && r->rgb && y < height; y++) clip_grey(r->rgb + y * width * 3, width);
}

/// libpng's errors end here. This function has no local variables that the jump could clobber.
static bool attempt(reader *r, void (*work)(reader *)) {
  if (setjmp(png_jmpbuf(r->png)) != 0) return false;
  work(r);
  return true;
}

static bool read_file(const uint8_t *bytes, size_t count, uint8_t *rgb, s3n_image *image, void (*work)(reader *)) {
  reader r = {.next = bytes, .left = count, .rgb = rgb, .image = image};
  memset(image, 0, sizeof *image);
  r.png = png_create_read_struct(PNG_LIBPNG_VER_STRING, &r, fail, ignore);
  r.info = r.png ? png_create_info_struct(r.png) : NULL;
  bool done = r.info && attempt(&r, work);
  if (!r.info) snprintf(image->refusal, sizeof image->refusal, "libpng cannot start, memory may be short");
  if (r.row) png_free(r.png, r.row);
  if (r.png) png_destroy_read_struct(&r.png, &r.info, NULL);
  return done;
}

bool s3n_png_header(const uint8_t *bytes, size_t count, s3n_image *image) {
  return read_file(bytes, count, NULL, image, read_header);
}

bool s3n_png_decode(const uint8_t *bytes, size_t count, uint8_t *rgb, s3n_image *image) {
  return read_file(bytes, count, rgb, image, read_image);
}

s3n_encoded s3n_png_encode(const uint8_t *rgb, uint32_t width, uint32_t height) {
  s3n_encoded file = {0};
  png_image image = {.version = PNG_IMAGE_VERSION, .width = width, .height = height, .format = PNG_FORMAT_RGB};
  png_alloc_size_t count = PNG_IMAGE_PNG_SIZE_MAX(image);
  file.bytes = malloc(count);
  if (file.bytes && png_image_write_to_memory(&image, file.bytes, &count, 0, rgb, 0, NULL)) {
    file.count = count;
    return file;
  }
  snprintf(file.refusal, sizeof file.refusal, "%s", file.bytes ? image.message : "memory is short");
  free(file.bytes);
  file.bytes = NULL;
  return file;
}

const char *s3n_libpng_version(void) { return png_get_libpng_ver(NULL); }
