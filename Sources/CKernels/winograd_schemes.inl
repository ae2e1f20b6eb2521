// Winograd's transforms by scheme (winograd_tiles.h), each applied along both axes.

static void unit_input(const void *const *pixels, const float *scale, const float *shift, int relu, size_t channels,
                       float *v, size_t step) {
  winograd_input(6, unit_bt, unit_place, pixels, scale, shift, relu, channels, v, step);
}

static void strided_input(const void *const *pixels, const float *scale, const float *shift, int relu,
                          size_t channels, float *v, size_t step) {
  winograd_input(9, strided_bt, strided_place, pixels, scale, shift, relu, channels, v, step);
}

static void unit_output(const float *m, size_t step, void *const *pixels, const float *bias,
                        const void *const *residuals, int relu) {
  winograd_output(6, 4, unit_at, unit_place, m, step, pixels, bias, residuals, relu);
}

static void strided_output(const float *m, size_t step, void *const *pixels, const float *bias,
                           const void *const *residuals, int relu) {
  winograd_output(9, 4, strided_at, strided_place, m, step, pixels, bias, residuals, relu);
}

static void phased_output(const float *m, size_t step, void *const *pixels, const float *bias,
                          const void *const *residuals, int relu) {
  winograd_output(9, 8, phased_at, strided_place, m, step, pixels, bias, residuals, relu);
}

static void unit_output_gradient(const void *const *pixels, float *m, size_t step) {
  winograd_output_gradient(6, unit_a, unit_place, pixels, m, step);
}

static void strided_output_gradient(const void *const *pixels, float *m, size_t step) {
  winograd_output_gradient(9, strided_a, strided_place, pixels, m, step);
}

static void unit_weights(const float *g, size_t g_step, float *u, size_t u_step) {
  winograd_weights(unit_g, g, g_step, u, u_step);
}

static void strided_weights(const float *g, size_t g_step, float *u, size_t u_step) {
  winograd_weights(strided_g, g, g_step, u, u_step);
}

static void unit_weights_gradient(const float *du, size_t u_step, float *dg, size_t g_step, size_t columns) {
  winograd_weights_gradient(unit_gt, du, u_step, dg, g_step, columns);
}

static void strided_weights_gradient(const float *du, size_t u_step, float *dg, size_t g_step, size_t columns) {
  winograd_weights_gradient(strided_gt, du, u_step, dg, g_step, columns);
}
