// One-axis transforms of F(4, 3) (Lavin and Gray 2016): four outputs y from six inputs d and three taps g,
// y = A^T [(G g) * (B^T d)], by interpolation at 0, a, -a, b, -b and infinity. a = 3/4 and b = 11/8 are exact in binary
// and their powers stay near 1; the largest error is a quarter of that with the usual 1 and 2
// (Scripts/studies/winograd.py).

#define A 0.75f
#define B 1.375f
#define A2 (A * A)
#define B2 (B * B)

INLINE size_t unit_place(size_t y, size_t x) { return y * 6 + x; }

INLINE void unit_bt(const vector *d, vector *t) {
  vector even = d[4] - B2 * d[2], odd = A * (d[3] - B2 * d[1]);
  vector even2 = d[4] - A2 * d[2], odd2 = B * (d[3] - A2 * d[1]);
  t[0] = d[4] - (A2 + B2) * d[2] + (A2 * B2) * d[0];
  t[1] = even + odd;
  t[2] = even - odd;
  t[3] = even2 + odd2;
  t[4] = even2 - odd2;
  t[5] = d[5] - (A2 + B2) * d[3] + (A2 * B2) * d[1];
}

INLINE void unit_at(const vector *m, vector *y) {
  vector sum = m[1] + m[2], difference = m[1] - m[2], sum2 = m[3] + m[4], difference2 = m[3] - m[4];
  y[0] = m[0] + sum + sum2;
  y[1] = A * difference + B * difference2;
  y[2] = A2 * sum + B2 * sum2;
  y[3] = (A * A2) * difference + (B * B2) * difference2 + m[5];
}

INLINE void unit_a(const vector *y, vector *m) {
  vector even = y[0] + A2 * y[2], odd = A * y[1] + (A * A2) * y[3];
  vector even2 = y[0] + B2 * y[2], odd2 = B * y[1] + (B * B2) * y[3];
  m[0] = y[0];
  m[1] = even + odd;
  m[2] = even - odd;
  m[3] = even2 + odd2;
  m[4] = even2 - odd2;
  m[5] = y[3];
}

INLINE void unit_g(const vector *g, vector *u) {
  const float to_a = 1 / (2 * A2 * (A2 - B2)), to_b = 1 / (2 * B2 * (B2 - A2));
  vector sum = to_a * (g[0] + A2 * g[2]), middle = (to_a * A) * g[1];
  vector sum2 = to_b * (g[0] + B2 * g[2]), middle2 = (to_b * B) * g[1];
  u[0] = g[0] * (1 / (A2 * B2));
  u[1] = sum + middle;
  u[2] = sum - middle;
  u[3] = sum2 + middle2;
  u[4] = sum2 - middle2;
  u[5] = g[2];
}

INLINE void unit_gt(const vector *u, vector *g) {
  const float to_a = 1 / (2 * A2 * (A2 - B2)), to_b = 1 / (2 * B2 * (B2 - A2));
  vector sum = to_a * (u[1] + u[2]), sum2 = to_b * (u[3] + u[4]);
  g[0] = u[0] * (1 / (A2 * B2)) + sum + sum2;
  g[1] = (to_a * A) * (u[1] - u[2]) + (to_b * B) * (u[3] - u[4]);
  g[2] = A2 * sum + B2 * sum2 + u[5];
}

#undef A
#undef B
#undef A2
#undef B2
