/* SPDX-License-Identifier: MIT */
/* Every allocation of reading structures fails in its turn. */
#include "failing_memory.h"
#include "run_suite.h"
#include "structure_fixture.h"

static const char *const files[] = {"trade-1.0.xml", "trade-2.0.xml",    "trade-2.1.xml",
                                    "trade-3.0.xml", "extended-3.0.xml", "maps-3.0.xml"};

START_TEST(whole) {
    failing_memory memory;
    char path[TEXT_SIZE];
    structure_path(path, files[_i]);
    for (uint64_t n = 1; failing_memory_turn(&memory, n); n++) {
        bkt_context *context = failing_memory_context(&memory);
        bkt_structure *structure;
        ck_assert_ptr_nonnull(context);
        failing_memory_arm(&memory);
        bkt_status status = bkt_structure_read(context, path, NULL, &structure);
        failing_memory_disarm(&memory);
        if (status != BKT_OK && (status != BKT_ERR_MEMORY || !memory.has_failed)) {
            ck_abort_msg("status %d when allocation %llu failed", (int)status,
                         (unsigned long long)memory.fail_at);
        }
        if ((status == BKT_OK) != (structure != NULL)) {
            ck_abort_msg("a structure in spite of an error");
        }
        bkt_structure_free(structure);
        bkt_context_free(context);
        if (memory.block_count != 0) {
            failing_memory_check(&memory);
        }
    }
}
END_TEST

int main(void) {
    Suite *suite = suite_create("memory");
    TCase *all = tcase_create("memory");
    tcase_set_timeout(all, 120);
    tcase_add_loop_test(all, whole, 0, (int)(sizeof files / sizeof *files));
    suite_add_tcase(suite, all);
    return run_suite(suite);
}
