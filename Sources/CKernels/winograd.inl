// Winograd's minimal filtering in two dimensions, for vectors of channels: Y = A^T [(G g G^T) * (B^T d B)] A. The
// gradient to g is its transpose: G^T [(A dy A^T) * (B^T d B)] G. The one-axis transforms are in winograd_unit.inl
// (stride 1) and winograd_strided.inl (stride 2); here each is applied along both axes, with unrolled loops.

#define UNROLLED _Pragma("clang loop unroll(full)")

/// A transform along one axis; the place of the product of (y, x).
typedef void winograd_transform(const vector *from, vector *to);
typedef size_t winograd_place(size_t y, size_t x);

/// v[place * step + c] = B^T d B for a tile's pixels (NULL: outside, zero), read through the norm if there is a scale.
INLINE void winograd_input(const size_t side, winograd_transform bt, winograd_place place, const void *const *pixels,
                           const float *scale, const float *shift, int relu, size_t channels, float *v, size_t step) {
  for (size_t c = 0; c < channels; c += lanes) {
    vector rows[9][9];
    const vector s = scale ? *(const unaligned_vector *)(scale + c) : (vector){};
    const vector b = scale ? *(const unaligned_vector *)(shift + c) : (vector){};
    UNROLLED for (size_t x = 0; x < side; x++) {
      vector d[9], t[9];
      UNROLLED for (size_t y = 0; y < side; y++) {
        const element *pixel = pixels[y * side + x];
        d[y] = pixel ? load(pixel + c) : (vector){};
        if (scale && pixel) {
          d[y] = d[y] * s + b;
          d[y] = as_stored(relu ? rectified(d[y]) : d[y]);
        }
      }
      bt(d, t);
      UNROLLED for (size_t y = 0; y < side; y++) rows[y][x] = t[y];
    }
    UNROLLED for (size_t y = 0; y < side; y++) {
      vector t[9];
      bt(rows[y], t);
      UNROLLED for (size_t x = 0; x < side; x++) *(unaligned_vector *)(v + place(y, x) * step + c) = t[x];
    }
  }
}

/// Writes a tile's outputs x outputs pixels (NULL: outside, skipped) from m[place * step + column], with the epilogue's
/// bias, residual and ReLU.
INLINE void winograd_output(const size_t side, const size_t outputs, winograd_transform at, winograd_place place,
                            const float *m, size_t step, void *const *pixels, const float *bias,
                            const void *const *residuals, int relu) {
  for (size_t c = 0; c < nr; c += lanes) {
    vector rows[8][9];
    const vector b = bias ? *(const unaligned_vector *)(bias + c) : (vector){};
    UNROLLED for (size_t x = 0; x < side; x++) {
      vector column[9], y[8];
      UNROLLED for (size_t i = 0; i < side; i++) column[i] = *(const vector *)(m + place(i, x) * step + c);
      at(column, y);
      UNROLLED for (size_t i = 0; i < outputs; i++) rows[i][x] = y[i];
    }
    UNROLLED for (size_t i = 0; i < outputs; i++) {
      vector y[8];
      at(rows[i], y);
      UNROLLED for (size_t x = 0; x < outputs; x++) {
        element *pixel = pixels[i * outputs + x];
        if (!pixel) continue;
        vector value = y[x] + b;
        if (residuals) value += load((const element *)residuals[i * outputs + x] + c);
        if (relu) value = rectified(value);
        store(pixel + c, value);
      }
    }
  }
}

/// m[place * step + column] = A dy A^T for the 4x4 pixels of a tile (NULL: outside, zero) and nr columns.
INLINE void winograd_output_gradient(const size_t side, winograd_transform a, winograd_place place,
                                     const void *const *pixels, float *m, size_t step) {
  for (size_t c = 0; c < nr; c += lanes) {
    vector rows[9][4];
    UNROLLED for (size_t x = 0; x < 4; x++) {
      vector y[4], t[9];
      UNROLLED for (size_t i = 0; i < 4; i++) {
        const element *pixel = pixels[i * 4 + x];
        y[i] = pixel ? load(pixel + c) : (vector){};
      }
      a(y, t);
      UNROLLED for (size_t i = 0; i < side; i++) rows[i][x] = t[i];
    }
    UNROLLED for (size_t i = 0; i < side; i++) {
      vector t[9];
      a(rows[i], t);
      UNROLLED for (size_t x = 0; x < side; x++) *(vector *)(m + place(i, x) * step + c) = t[x];
    }
  }
}

/// u[xi * u_step + j] = G g G^T, where g[tap * g_step + j] holds nr columns of the nine taps, rounded as features are.
INLINE void winograd_weights(winograd_transform g_of, const float *g, size_t g_step, float *u, size_t u_step) {
  for (size_t c = 0; c < nr; c += lanes) {
    vector rows[6][3];
    UNROLLED for (size_t x = 0; x < 3; x++) {
      vector column[3], t[6];
      UNROLLED for (size_t i = 0; i < 3; i++) column[i] = as_stored(*(const unaligned_vector *)(g + (i * 3 + x) * g_step + c));
      g_of(column, t);
      UNROLLED for (size_t i = 0; i < 6; i++) rows[i][x] = t[i];
    }
    UNROLLED for (size_t i = 0; i < 6; i++) {
      vector t[6];
      g_of(rows[i], t);
      UNROLLED for (size_t x = 0; x < 6; x++) *(vector *)(u + (i * 6 + x) * u_step + c) = t[x];
    }
  }
}

/// dg[tap * g_step + j] += G^T du G for `columns` columns, a multiple of the vector's lanes.
INLINE void winograd_weights_gradient(winograd_transform gt, const float *du, size_t u_step, float *dg, size_t g_step,
                                      size_t columns) {
  for (size_t c = 0; c < columns; c += lanes) {
    vector rows[3][6];
    UNROLLED for (size_t x = 0; x < 6; x++) {
      vector column[6], t[3];
      UNROLLED for (size_t i = 0; i < 6; i++) column[i] = *(const unaligned_vector *)(du + (i * 6 + x) * u_step + c);
      gt(column, t);
      UNROLLED for (size_t i = 0; i < 3; i++) rows[i][x] = t[i];
    }
    UNROLLED for (size_t i = 0; i < 3; i++) {
      vector t[3];
      gt(rows[i], t);
      UNROLLED for (size_t x = 0; x < 3; x++) *(unaligned_vector *)(dg + (i * 3 + x) * g_step + c) += t[x];
    }
  }
}

#undef UNROLLED
