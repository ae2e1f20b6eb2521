// The transforms of Winograd's minimal filtering F(4x4, 3x3) (Lavin and Gray 2016), for vectors of channels.
//
// y = A^T [(G g G^T) * (B^T d B)] A, by interpolation at 0, a, -a, b, -b and infinity. The gradient to g is the transpose
// of the same: G^T [(A dy A^T) * (B^T d B)] G. With a = 3/4 and b = 11/8, which are exact in binary and whose powers stay
// near 1, the error is a seventh of that with the customary 1 and 2.

#define UNROLLED _Pragma("clang loop unroll(full)")
#define A 0.75f
#define B 1.375f
#define A2 (A * A)
#define B2 (B * B)

static inline __attribute__((always_inline)) void winograd_bt(const vector d[6], vector t[6]) {
  vector even = d[4] - B2 * d[2], odd = A * (d[3] - B2 * d[1]);
  vector even2 = d[4] - A2 * d[2], odd2 = B * (d[3] - A2 * d[1]);
  t[0] = d[4] - (A2 + B2) * d[2] + (A2 * B2) * d[0];
  t[1] = even + odd;
  t[2] = even - odd;
  t[3] = even2 + odd2;
  t[4] = even2 - odd2;
  t[5] = d[5] - (A2 + B2) * d[3] + (A2 * B2) * d[1];
}

static inline __attribute__((always_inline)) void winograd_at(const vector m[6], vector y[4]) {
  vector sum = m[1] + m[2], difference = m[1] - m[2], sum2 = m[3] + m[4], difference2 = m[3] - m[4];
  y[0] = m[0] + sum + sum2;
  y[1] = A * difference + B * difference2;
  y[2] = A2 * sum + B2 * sum2;
  y[3] = (A * A2) * difference + (B * B2) * difference2 + m[5];
}

static inline __attribute__((always_inline)) void winograd_a(const vector y[4], vector m[6]) {
  vector even = y[0] + A2 * y[2], odd = A * y[1] + (A * A2) * y[3];
  vector even2 = y[0] + B2 * y[2], odd2 = B * y[1] + (B * B2) * y[3];
  m[0] = y[0];
  m[1] = even + odd;
  m[2] = even - odd;
  m[3] = even2 + odd2;
  m[4] = even2 - odd2;
  m[5] = y[3];
}

static inline __attribute__((always_inline)) void winograd_g(const vector g[3], vector u[6]) {
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

static inline __attribute__((always_inline)) void winograd_gt(const vector u[6], vector g[3]) {
  const float to_a = 1 / (2 * A2 * (A2 - B2)), to_b = 1 / (2 * B2 * (B2 - A2));
  vector sum = to_a * (u[1] + u[2]), sum2 = to_b * (u[3] + u[4]);
  g[0] = u[0] * (1 / (A2 * B2)) + sum + sum2;
  g[1] = (to_a * A) * (u[1] - u[2]) + (to_b * B) * (u[3] - u[4]);
  g[2] = A2 * sum + B2 * sum2 + u[5];
}

/// v[xi * step + c] = B^T d B for the 36 pixels of a tile (NULL: outside, zero), read through the norm if there is a scale.
static void winograd_input(const float *const *pixels, const float *scale, const float *shift, int relu,
                           size_t channels, float *v, size_t step) {
  for (size_t c = 0; c < channels; c += lanes) {
    vector rows[6][6];
    const vector s = scale ? *(const unaligned_vector *)(scale + c) : (vector){};
    const vector b = scale ? *(const unaligned_vector *)(shift + c) : (vector){};
    UNROLLED for (size_t x = 0; x < 6; x++) {
      vector d[6], t[6];
      UNROLLED for (size_t y = 0; y < 6; y++) {
        const float *pixel = pixels[y * 6 + x];
        d[y] = pixel ? *(const unaligned_vector *)(pixel + c) : (vector){};
        if (scale && pixel) {
          d[y] = d[y] * s + b;
          if (relu) d[y] = rectified(d[y]);
        }
      }
      winograd_bt(d, t);
      UNROLLED for (size_t y = 0; y < 6; y++) rows[y][x] = t[y];
    }
    UNROLLED for (size_t y = 0; y < 6; y++) {
      vector t[6];
      winograd_bt(rows[y], t);
      UNROLLED for (size_t x = 0; x < 6; x++) *(unaligned_vector *)(v + (y * 6 + x) * step + c) = t[x];
    }
  }
}

/// The 16 pixels (NULL: outside, not written) of a tile from m[xi * step + column], with bias, residual and ReLU.
static void winograd_output(const float *m, size_t step, float *const *pixels, const float *bias,
                            const float *const *residuals, int relu) {
  for (size_t c = 0; c < nr; c += lanes) {
    vector rows[4][6];
    const vector b = bias ? *(const unaligned_vector *)(bias + c) : (vector){};
    UNROLLED for (size_t x = 0; x < 6; x++) {
      vector column[6], y[4];
      UNROLLED for (size_t i = 0; i < 6; i++) column[i] = *(const vector *)(m + (i * 6 + x) * step + c);
      winograd_at(column, y);
      UNROLLED for (size_t i = 0; i < 4; i++) rows[i][x] = y[i];
    }
    UNROLLED for (size_t i = 0; i < 4; i++) {
      vector y[4];
      winograd_at(rows[i], y);
      UNROLLED for (size_t x = 0; x < 4; x++) {
        float *pixel = pixels[i * 4 + x];
        if (!pixel) continue;
        vector value = y[x] + b;
        if (residuals) value += *(const unaligned_vector *)(residuals[i * 4 + x] + c);
        if (relu) value = rectified(value);
        *(unaligned_vector *)(pixel + c) = value;
      }
    }
  }
}

/// m[xi * step + column] = A dy A^T for the 16 pixels of a tile (NULL: outside, zero), nr columns.
static void winograd_output_gradient(const float *const *pixels, float *m, size_t step) {
  for (size_t c = 0; c < nr; c += lanes) {
    vector rows[6][4];
    UNROLLED for (size_t x = 0; x < 4; x++) {
      vector y[4], t[6];
      UNROLLED for (size_t i = 0; i < 4; i++)
        y[i] = pixels[i * 4 + x] ? *(const unaligned_vector *)(pixels[i * 4 + x] + c) : (vector){};
      winograd_a(y, t);
      UNROLLED for (size_t i = 0; i < 6; i++) rows[i][x] = t[i];
    }
    UNROLLED for (size_t i = 0; i < 6; i++) {
      vector t[6];
      winograd_a(rows[i], t);
      UNROLLED for (size_t x = 0; x < 6; x++) *(vector *)(m + (i * 6 + x) * step + c) = t[x];
    }
  }
}

/// u[xi * u_step + j] = G g G^T, where g[tap * g_step + j] are nr columns of the nine taps.
static void winograd_weights(const float *g, size_t g_step, float *u, size_t u_step) {
  for (size_t c = 0; c < nr; c += lanes) {
    vector rows[6][3];
    UNROLLED for (size_t x = 0; x < 3; x++) {
      vector column[3], t[6];
      UNROLLED for (size_t i = 0; i < 3; i++) column[i] = *(const unaligned_vector *)(g + (i * 3 + x) * g_step + c);
      winograd_g(column, t);
      UNROLLED for (size_t i = 0; i < 6; i++) rows[i][x] = t[i];
    }
    UNROLLED for (size_t i = 0; i < 6; i++) {
      vector t[6];
      winograd_g(rows[i], t);
      UNROLLED for (size_t x = 0; x < 6; x++) *(vector *)(u + (i * 6 + x) * u_step + c) = t[x];
    }
  }
}

/// dg[tap * g_step + j] += G^T du G for `columns` columns, a multiple of the vector.
static void winograd_weights_gradient(const float *du, size_t u_step, float *dg, size_t g_step, size_t columns) {
  for (size_t c = 0; c < columns; c += lanes) {
    vector rows[3][6];
    UNROLLED for (size_t x = 0; x < 6; x++) {
      vector column[6], t[3];
      UNROLLED for (size_t i = 0; i < 6; i++) column[i] = *(const unaligned_vector *)(du + (i * 6 + x) * u_step + c);
      winograd_gt(column, t);
      UNROLLED for (size_t i = 0; i < 3; i++) rows[i][x] = t[i];
    }
    UNROLLED for (size_t i = 0; i < 3; i++) {
      vector t[3];
      winograd_gt(rows[i], t);
      UNROLLED for (size_t x = 0; x < 3; x++) *(unaligned_vector *)(dg + (i * 3 + x) * g_step + c) += t[x];
    }
  }
}

#undef A
#undef B
#undef A2
#undef B2
#undef UNROLLED
