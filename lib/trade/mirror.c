/* SPDX-License-Identifier: MIT */
#include "bkti_kernel.h"

int32_t bkt_mirror_to_fob(double import_value, double cif_rate, double *out_value) {
    if (!isfinite(import_value) || !isfinite(cif_rate)) {
        return bkti_give_missing(BKT_MISSING_INPUT, out_value);
    }
    if (cif_rate <= -1) {
        return bkti_give_missing(BKT_MISSING_DOMAIN, out_value);
    }
    return bkti_give(import_value / (1 + cif_rate), out_value);
}

int32_t bkt_mirror_relative_gap(double export_value, double import_value_fob, double *out_ratio) {
    return bkt_growth_midpoint(export_value, import_value_fob, out_ratio);
}

int32_t bkt_mirror_log_gap(double export_value, double import_value_fob, double *out_ratio) {
    return bkt_growth_log(export_value, import_value_fob, out_ratio);
}
