// Loops of batch norm and residual joins. Results may be written in place, element by element; `assume_safety` tells
// the compiler so, since overlapping memory would otherwise make it fall back to scalars.
#define ELEMENTWISE _Pragma("clang loop vectorize(assume_safety)")

/// The norm's result, rounded as it would be stored: as in PyTorch, both sides of a join are rounded before they are
/// added, so that ReLUs pass the same values.
INLINE float normed(element y, float scale, float shift) { return value_of(stored(value_of(y) * scale + shift)); }

INLINE element joined(float sum, int relu) { return stored(relu && sum < 0 ? 0 : sum); }

static void join_rows(const s3n_join *job, size_t first_row, size_t rows) {
  const size_t channels = job->channels;
  const float *restrict scale = job->scale, *restrict shift = job->shift;
  const float *restrict rscale = job->shortcut_scale, *restrict rshift = job->shortcut_shift;
  const int relu = job->relu;
  for (size_t row = first_row; row < first_row + rows; row++) {
    const element *y = (const element *)job->y + row * channels;
    const element *r = job->shortcut ? (const element *)job->shortcut + row * channels : NULL;
    element *restrict out = (element *)job->out + row * channels;
    if (r && rscale)
      for (size_t c = 0; c < channels; c++)
        out[c] = joined(normed(y[c], scale[c], shift[c]) + normed(r[c], rscale[c], rshift[c]), relu);
    else if (r)
      for (size_t c = 0; c < channels; c++)
        out[c] = joined(normed(y[c], scale[c], shift[c]) + value_of(r[c]), relu);
    else
      for (size_t c = 0; c < channels; c++) out[c] = joined(normed(y[c], scale[c], shift[c]), relu);
  }
}

static void backward_sums(const s3n_norm_backward *job, size_t first_row, size_t rows, size_t first,
                          size_t channels, float *sums) {
  const size_t distance = job->channels;
  const float *scale = job->scale + first, *shift = job->shift + first, *mean = job->mean + first;
  float *restrict of_g = sums + first, *restrict of_gy = of_g + distance;
  for (size_t c = 0; c < channels; c++) of_g[c] = of_gy[c] = 0;
  for (size_t row = first_row; row < first_row + rows; row++) {
    element *dz = (element *)job->dz + row * distance + first;
    const element *y = (const element *)job->y + row * distance + first;
    switch (job->mask) {
    case s3n_mask_open:
      ELEMENTWISE
      for (size_t c = 0; c < channels; c++) {
        float g = value_of(dz[c]);
        of_g[c] += g;
        of_gy[c] += g * (value_of(y[c]) - mean[c]);
      }
      break;
    case s3n_mask_recompute:
      ELEMENTWISE
      for (size_t c = 0; c < channels; c++) {
        float g = value_of(y[c]) * scale[c] + shift[c] > 0 ? value_of(dz[c]) : 0;
        of_g[c] += g;
        of_gy[c] += g * (value_of(y[c]) - mean[c]);
      }
      break;
    case s3n_mask_output: {
      const element *restrict output = (const element *)job->output + row * distance + first;
      ELEMENTWISE
      for (size_t c = 0; c < channels; c++) {
        float g = value_of(output[c]) > 0 ? value_of(dz[c]) : 0;
        dz[c] = stored(g);
        of_g[c] += g;
        of_gy[c] += g * (value_of(y[c]) - mean[c]);
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
    const element *dz = (const element *)job->dz + row * channels, *y = (const element *)job->y + row * channels;
    element *dy = (element *)job->dy + row * channels;
    if (job->mask == s3n_mask_recompute)
      ELEMENTWISE
      for (size_t c = 0; c < channels; c++) {
        float g = value_of(y[c]) * scale[c] + shift[c] > 0 ? value_of(dz[c]) : 0;
        dy[c] = stored(of_g[c] * g + of_y[c] * value_of(y[c]) + constant[c]);
      }
    else  // an output mask has been applied to dz by the sums pass
      ELEMENTWISE
      for (size_t c = 0; c < channels; c++)
        dy[c] = stored(of_g[c] * value_of(dz[c]) + of_y[c] * value_of(y[c]) + constant[c]);
  }
}
#undef ELEMENTWISE
