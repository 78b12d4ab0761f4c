/*
 * The store in memory from inside: what its files share.
 */
#ifndef TESTS_UNIT_BOT_E2EE_MEMORY_INSIDE_H
#define TESTS_UNIT_BOT_E2EE_MEMORY_INSIDE_H

#include "tests/unit/bot/e2ee/memory_rows.h"
#include "tests/unit/bot/e2ee/memory_store.h"

struct memory_store {
    struct e2ee_store port;
    struct table tables[MEMORY_TABLES], saved[MEMORY_TABLES];
    bool in_transaction, in_callback, failed;
    long calls, writes, fail_at;
    int64_t sequence;
};

#define CONST_TEXT(text) ((char *)(uintptr_t)(text))

/* The rules that all calls obey. */
int memory_enter(struct memory_store *store, bool write, struct err *err);

char *memory_text(struct span span);
/* Calls GIVE with copies of the rows that match; they are gone when it returns. */
int memory_each(struct memory_store *store, enum memory_table which, const char *const *key, int keys,
                int (*give)(void *arg, const struct row *row), void *arg, size_t *given);
int memory_delete(void *self, enum memory_table table, const char *name, struct err *err);

struct giving {
    union {
        int (*olm)(void *arg, const struct e2ee_olm_row *row);
        int (*inbound)(void *arg, const struct e2ee_inbound_row *row);
        int (*outbound)(void *arg, const struct e2ee_outbound_row *row);
        int (*device)(void *arg, const struct e2ee_device_row *row);
        int (*parked)(void *arg, const struct e2ee_parked_row *row);
        int (*shared)(void *arg, const char *user_id, const char *device_id, uint32_t index);
        int (*tracked)(void *arg, const char *user_id, bool outdated);
        int (*request)(void *arg, const char *txn_id, const char *event_type, const char *body_json);
    } to;
    void *arg;
};

void memory_olm_install(struct e2ee_store *port);

#endif
