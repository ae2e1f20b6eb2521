// Loops of max pooling.

static void take_larger(const void *values, uint8_t position, int first, size_t channels, void *largest,
                        uint8_t *choice) {
  const element *from = values;
  element *best = largest;
  if (first)
    for (size_t c = 0; c < channels; c++) best[c] = from[c], choice[c] = position;
  else
    for (size_t c = 0; c < channels; c++) {
      float value = value_of(from[c]);
      int larger = value > value_of(best[c]) || value != value;  // NaN wins, as in PyTorch
      best[c] = larger ? from[c] : best[c];
      choice[c] = larger ? position : choice[c];
    }
}

static void add_where_chosen(const void *gradient, const uint8_t *choice, uint8_t position, size_t channels, float *dx) {
  const element *dy = gradient;
  for (size_t c = 0; c < channels; c++) dx[c] += choice[c] == position ? value_of(dy[c]) : 0;
}
