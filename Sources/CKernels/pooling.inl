// Loops of max pooling.

static void take_larger(const float *from, uint8_t position, int first, size_t channels, float *best,
                        uint8_t *choice) {
  if (first)
    for (size_t c = 0; c < channels; c++) best[c] = from[c], choice[c] = position;
  else
    for (size_t c = 0; c < channels; c++) {
      int larger = from[c] > best[c] || from[c] != from[c];  // NaN wins, as in PyTorch
      best[c] = larger ? from[c] : best[c];
      choice[c] = larger ? position : choice[c];
    }
}

static void add_where_chosen(const float *dy, const uint8_t *choice, uint8_t position, size_t channels, float *dx) {
  for (size_t c = 0; c < channels; c++) dx[c] += choice[c] == position ? dy[c] : 0;
}
