// Row loops of the convolution: plain C that the compiler turns into vectors of the instruction set in force.

static void read_pixels(const float *from, const float *scale, const float *shift, int relu, size_t pixels,
                        size_t channels, float *to) {
  for (size_t p = 0; p < pixels; p++, from += channels, to += channels) {
    if (relu)
      for (size_t c = 0; c < channels; c++) {
        float value = from[c] * scale[c] + shift[c];
        to[c] = value < 0 ? 0 : value;  // a NaN stays one
      }
    else
      for (size_t c = 0; c < channels; c++) to[c] = from[c] * scale[c] + shift[c];
  }
}

/// Mean and sum of squared deviations of each column, in two passes, the first about the first row: no cancellation.
static void column_statistics(const float *y, const size_t *offsets, size_t rows, size_t columns, float *mean,
                              float *deviation) {
  size_t j = 0;
  for (; j + lanes <= columns; j += lanes) {
    const vector first = *(const unaligned_vector *)(y + offsets[0] + j);
    vector sum = {}, squares = {};
    for (size_t i = 1; i < rows; i++) sum += *(const unaligned_vector *)(y + offsets[i] + j) - first;
    const vector average = first + sum / (float)rows;
    for (size_t i = 0; i < rows; i++) {
      const vector difference = *(const unaligned_vector *)(y + offsets[i] + j) - average;
      squares += difference * difference;
    }
    *(unaligned_vector *)(mean + j) = average;
    *(unaligned_vector *)(deviation + j) = squares;
  }
  for (; j < columns; j++) {
    const float first = y[offsets[0] + j];
    float sum = 0, squares = 0;
    for (size_t i = 1; i < rows; i++) sum += y[offsets[i] + j] - first;
    const float average = first + sum / (float)rows;
    for (size_t i = 0; i < rows; i++) {
      const float difference = y[offsets[i] + j] - average;
      squares += difference * difference;
    }
    mean[j] = average;
    deviation[j] = squares;
  }
}

static void add(const float *restrict from, float *restrict to, size_t count) {
  for (size_t i = 0; i < count; i++) to[i] += from[i];
}

static void sgd(float *restrict value, const float *restrict gradient, float *restrict velocity, size_t count,
                float rate, float momentum, float decay) {
  for (size_t i = 0; i < count; i++) {
    float step = momentum * velocity[i] + (gradient[i] + decay * value[i]);
    velocity[i] = step;
    value[i] -= rate * step;
  }
}
