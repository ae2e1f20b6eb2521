// Loops of batch norm and of residual joints. A result may be written in place, element by element: the compiler is told
// that this is safe, since it would fall back to scalars where memory overlaps.
#define ELEMENTWISE _Pragma("clang loop vectorize(assume_safety)")

static void join_rows(const s3n_join *job, size_t first_row, size_t rows) {
  const size_t channels = job->channels;
  const float *restrict scale = job->scale, *restrict shift = job->shift;
  const float *restrict rscale = job->shortcut_scale, *restrict rshift = job->shortcut_shift;
  for (size_t row = first_row; row < first_row + rows; row++) {
    const float *y = job->y + row * channels;
    const float *r = job->shortcut ? job->shortcut + row * channels : NULL;
    float *restrict out = job->out + row * channels;
    if (r && rscale)
      for (size_t c = 0; c < channels; c++) out[c] = y[c] * scale[c] + shift[c] + (r[c] * rscale[c] + rshift[c]);
    else if (r)
      for (size_t c = 0; c < channels; c++) out[c] = y[c] * scale[c] + shift[c] + r[c];
    else
      for (size_t c = 0; c < channels; c++) out[c] = y[c] * scale[c] + shift[c];
    if (job->relu)
      for (size_t c = 0; c < channels; c++) out[c] = out[c] < 0 ? 0 : out[c];
  }
}

static void backward_sums(const s3n_norm_backward *job, size_t first_row, size_t rows, float *sums) {
  const size_t channels = job->channels;
  const float *scale = job->scale, *shift = job->shift, *mean = job->mean;
  float *restrict of_g = sums, *restrict of_gy = sums + channels;
  for (size_t c = 0; c < 2 * channels; c++) sums[c] = 0;
  for (size_t row = first_row; row < first_row + rows; row++) {
    float *dz = job->dz + row * channels;
    const float *y = job->y + row * channels;
    switch (job->mask) {
    case s3n_mask_open:
      ELEMENTWISE
      for (size_t c = 0; c < channels; c++) {
        of_g[c] += dz[c];
        of_gy[c] += dz[c] * (y[c] - mean[c]);
      }
      break;
    case s3n_mask_recompute:
      ELEMENTWISE
      for (size_t c = 0; c < channels; c++) {
        float g = y[c] * scale[c] + shift[c] > 0 ? dz[c] : 0;
        of_g[c] += g;
        of_gy[c] += g * (y[c] - mean[c]);
      }
      break;
    case s3n_mask_output: {
      const float *restrict output = job->output + row * channels;
      ELEMENTWISE
      for (size_t c = 0; c < channels; c++) {
        float g = output[c] > 0 ? dz[c] : 0;
        dz[c] = g;
        of_g[c] += g;
        of_gy[c] += g * (y[c] - mean[c]);
      }
      break;
    }
    }
  }
}

static void backward_apply(const s3n_norm_backward *job, size_t first_row, size_t rows) {
  const size_t channels = job->channels;
  const float *scale = job->scale, *shift = job->shift;
  const float *of_g = job->of_g, *of_y = job->of_y, *constant = job->constant;
  for (size_t row = first_row; row < first_row + rows; row++) {
    const float *dz = job->dz + row * channels, *y = job->y + row * channels;
    float *dy = job->dy + row * channels;
    if (job->mask == s3n_mask_recompute)
      ELEMENTWISE
      for (size_t c = 0; c < channels; c++) {
        float g = y[c] * scale[c] + shift[c] > 0 ? dz[c] : 0;
        dy[c] = of_g[c] * g + of_y[c] * y[c] + constant[c];
      }
    else  // an output mask has been applied to dz by the sums pass
      ELEMENTWISE
      for (size_t c = 0; c < channels; c++) dy[c] = of_g[c] * dz[c] + of_y[c] * y[c] + constant[c];
  }
}
#undef ELEMENTWISE
