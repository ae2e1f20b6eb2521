// Row loops of convolutions.

INLINE void read_pixels_through(const element *from, const float *scale, const float *shift, const int relu,
                                size_t pixels, size_t channels, element *to) {
  size_t c = 0;
  for (; c + lanes <= channels; c += lanes) {
    const vector scales = *(const unaligned_vector *)(scale + c), shifts = *(const unaligned_vector *)(shift + c);
#pragma clang loop unroll(disable)
    for (size_t at = c, end = c + pixels * channels; at < end; at += channels) {
      const vector value = load(from + at) * scales + shifts;
      store(to + at, relu ? rectified(value) : value);
    }
  }
  for (; c < channels; c++)
    for (size_t at = c, end = c + pixels * channels; at < end; at += channels) {
      const float value = value_of(from[at]) * scale[c] + shift[c];
      to[at] = stored(relu && value < 0 ? 0 : value);
    }
}

static void read_pixels(const void *from, const float *scale, const float *shift, int relu, size_t pixels,
                        size_t channels, void *to) {
  if (relu)
    read_pixels_through(from, scale, shift, 1, pixels, channels, to);
  else
    read_pixels_through(from, scale, shift, 0, pixels, channels, to);
}

/// Mean and sum of squared deviations of each column in two passes, with the first row as shift, to avoid cancellation.
static void column_statistics(const void *rows_of_y, const size_t *offsets, size_t rows, size_t columns, float *mean,
                              float *deviation) {
  const element *y = rows_of_y;
  size_t j = 0;
  for (; j + lanes <= columns; j += lanes) {
    const vector first = load(y + offsets[0] + j);
    vector sum = {}, squares = {};
    for (size_t i = 1; i < rows; i++) sum += load(y + offsets[i] + j) - first;
    const vector average = first + sum / (float)rows;
    for (size_t i = 0; i < rows; i++) {
      const vector difference = load(y + offsets[i] + j) - average;
      squares += difference * difference;
    }
    *(unaligned_vector *)(mean + j) = average;
    *(unaligned_vector *)(deviation + j) = squares;
  }
  for (; j < columns; j++) {
    const float first = value_of(y[offsets[0] + j]);
    float sum = 0, squares = 0;
    for (size_t i = 1; i < rows; i++) sum += value_of(y[offsets[i] + j]) - first;
    const float average = first + sum / (float)rows;
    for (size_t i = 0; i < rows; i++) {
      const float difference = value_of(y[offsets[i] + j]) - average;
      squares += difference * difference;
    }
    mean[j] = average;
    deviation[j] = squares;
  }
}

static void add(const void *source, float *restrict to, size_t count) {
  const element *restrict from = source;
  for (size_t i = 0; i < count; i++) to[i] += value_of(from[i]);
}

static void narrow(const float *restrict from, void *target, size_t count) {
  element *restrict to = target;
  for (size_t i = 0; i < count; i++) to[i] = stored(from[i]);
}

static void widen(const void *source, float *restrict to, size_t count) {
  const element *restrict from = source;
  for (size_t i = 0; i < count; i++) to[i] = value_of(from[i]);
}

static void sgd(float *restrict value, const float *restrict gradient, float *restrict velocity, size_t count,
                float rate, float momentum, float decay) {
  for (size_t i = 0; i < count; i++) {
    float step = momentum * velocity[i] + (gradient[i] + decay * value[i]);
    velocity[i] = step;
    value[i] -= rate * step;
  }
}
