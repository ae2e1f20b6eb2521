// The same along one axis for stride 2, in two phases. The five inputs d[0..4] under the outer taps go through F(4, 2),
// by interpolation at 0, a, -a, c and infinity (3/4 and 7/4 had the least error in a search); the four d[5..8] under
// the middle tap are only multiplied by it. This takes nine products instead of twelve; in 2D 81 instead of 144, with
// 36 transformed weights: products along the second phase share theirs, and are adjacent.

#define A 0.75f
#define C 1.75f
#define A2 (A * A)
#define C2 (C * C)

INLINE size_t strided_place(size_t y, size_t x) {
  return y < 5 ? y * 9 + x : x < 5 ? 45 + x * 4 + (y - 5) : 65 + (y - 5) * 4 + (x - 5);
}

INLINE void strided_bt(const vector *d, vector *t) {
  vector high = d[3] - C * d[2], low = A * (d[2] - C * d[1]), both = d[3] - A2 * d[1];
  t[0] = both - C * (d[2] - A2 * d[0]);
  t[1] = high + low;
  t[2] = high - low;
  t[3] = both;
  t[4] = d[4] - A2 * d[2] - C * both;
  for (size_t i = 5; i < 9; i++) t[i] = d[i];
}

/// The two phases' contributions to the outputs, kept apart: backward to the data they are different pixels.
INLINE void phased_at(const vector *m, vector *y) {
  vector sum = m[1] + m[2], difference = m[1] - m[2];
  y[0] = m[0] + sum + m[3];
  y[1] = A * difference + C * m[3];
  y[2] = A2 * sum + C2 * m[3];
  y[3] = (A * A2) * difference + (C * C2) * m[3] + m[4];
  for (size_t i = 0; i < 4; i++) y[4 + i] = m[5 + i];
}

INLINE void strided_at(const vector *m, vector *y) {
  vector phases[8];
  phased_at(m, phases);
  for (size_t i = 0; i < 4; i++) y[i] = phases[i] + phases[4 + i];
}

INLINE void strided_a(const vector *y, vector *m) {
  vector even = y[0] + A2 * y[2], odd = A * y[1] + (A * A2) * y[3];
  m[0] = y[0];
  m[1] = even + odd;
  m[2] = even - odd;
  m[3] = y[0] + C * y[1] + C2 * y[2] + (C * C2) * y[3];
  m[4] = y[3];
  for (size_t i = 0; i < 4; i++) m[5 + i] = y[i];
}

INLINE void strided_g(const vector *g, vector *u) {
  u[0] = g[0] * (1 / (A2 * C));
  u[1] = (g[0] + A * g[2]) * (1 / (2 * A2 * (A - C)));
  u[2] = (g[0] - A * g[2]) * (-1 / (2 * A2 * (A + C)));
  u[3] = (g[0] + C * g[2]) * (1 / (C * (C2 - A2)));
  u[4] = g[2];
  u[5] = g[1];
}

INLINE void strided_gt(const vector *u, vector *g) {
  vector plus = u[1] * (1 / (2 * A2 * (A - C))), minus = u[2] * (-1 / (2 * A2 * (A + C)));
  vector last = u[3] * (1 / (C * (C2 - A2)));
  g[0] = u[0] * (1 / (A2 * C)) + plus + minus + last;
  g[1] = u[5];
  g[2] = A * (plus - minus) + C * last + u[4];
}

#undef A
#undef C
#undef A2
#undef C2
