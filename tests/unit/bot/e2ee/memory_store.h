/*
 * The store of the encryption machine in memory, for tests, and strict: writes need a transaction, rows lent to a
 * callback die after it, nothing is called from within a callback. Can fail at the N-th call, and can roll back.
 */
#ifndef TESTS_UNIT_BOT_E2EE_MEMORY_STORE_H
#define TESTS_UNIT_BOT_E2EE_MEMORY_STORE_H

#include "bot/e2ee/store_port.h"

struct memory_store;

enum memory_table {
    MEMORY_VALUE,
    MEMORY_OLM,
    MEMORY_INBOUND,
    MEMORY_REPLAY,
    MEMORY_OUTBOUND,
    MEMORY_SHARED,
    MEMORY_TRACKED,
    MEMORY_DEVICE,
    MEMORY_IDENTITY,
    MEMORY_PARKED,
    MEMORY_OLM_MESSAGE,
    MEMORY_REQUEST,
    MEMORY_TABLES
};

struct memory_store *memory_store_new(void);
void memory_store_free(struct memory_store *store);
const struct e2ee_store *memory_store_port(struct memory_store *store);

void memory_begin(struct memory_store *store);
void memory_commit(struct memory_store *store);
void memory_rollback(struct memory_store *store);

/* The N-th call from now on fails, once; 0: none does. */
void memory_fail_at(struct memory_store *store, long n);
bool memory_failed(const struct memory_store *store); /* since memory_fail_at() */
long memory_calls(const struct memory_store *store);  /* all so far */
long memory_writes(const struct memory_store *store);
size_t memory_count(const struct memory_store *store, enum memory_table table);
void memory_clear(struct memory_store *store, enum memory_table table);

#endif
