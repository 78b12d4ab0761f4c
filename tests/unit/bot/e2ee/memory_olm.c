/*
 * The store in memory: Olm sessions.
 */
#include <stdlib.h>
#include <string.h>

#include "core/base/mem.h"
#include "tests/unit/bot/e2ee/memory_inside.h"

static int give_olm(void *arg, const struct row *row)
{
    const struct giving *giving = arg;
    struct e2ee_olm_row olm = {row->text[0], row->text[1], span_of(row->text[2]), row->number[0], row->number[1]};

    return giving->to.olm(giving->arg, &olm);
}

static int by_use(const void *a, const void *b)
{
    const struct row *left = a, *right = b;

    if (left->number[1] != right->number[1])
        return left->number[1] < right->number[1] ? 1 : -1;
    return left->number[2] < right->number[2] ? 1 : -1; /* then the newest */
}

static int olm_each(void *self, const char *curve25519, int (*each)(void *arg, const struct e2ee_olm_row *row),
                    void *arg, struct err *err)
{
    struct memory_store *store = self;
    struct giving giving = {{.olm = each}, arg};
    const char *key[] = {NULL, curve25519};

    if (memory_enter(store, false, err) < 0)
        return -1;
    if (store->tables[MEMORY_OLM].count > 1)
        qsort(store->tables[MEMORY_OLM].at, store->tables[MEMORY_OLM].count, sizeof(struct row), by_use);
    return memory_each(store, MEMORY_OLM, key, 2, give_olm, &giving, NULL);
}

static int olm_put(void *self, const struct e2ee_olm_row *olm, struct err *err)
{
    struct memory_store *store = self;
    const struct row *old;
    char *pickle;

    if (memory_enter(store, true, err) < 0)
        return -1;
    old = table_find(&store->tables[MEMORY_OLM], &olm->session_id, 1);
    pickle = memory_text(olm->pickle);
    table_upsert(&store->tables[MEMORY_OLM],
                 (struct row){{CONST_TEXT(olm->session_id), CONST_TEXT(olm->their_curve25519), pickle},
                              {olm->created_ms, olm->used_ms, old != NULL ? old->number[2] : ++store->sequence}},
                 1);
    free(pickle);
    return 0;
}

static int olm_delete(void *self, const char *session_id, struct err *err)
{
    return memory_delete(self, MEMORY_OLM, session_id, err);
}

static bool is_some_devices(const struct memory_store *store, const char *curve25519)
{
    const struct table *devices = &store->tables[MEMORY_DEVICE];

    for (size_t i = 0; i < devices->count; i++)
        if (devices->at[i].number[0] == 0 && strcmp(devices->at[i].text[2], curve25519) == 0)
            return true;
    return false;
}

static int olm_expire(void *self, int64_t before_ms, struct err *err)
{
    struct memory_store *store = self;
    struct table *sessions = &store->tables[MEMORY_OLM];
    int rc = memory_enter(store, true, err);

    for (size_t i = sessions->count; rc == 0 && i-- > 0;)
        if (sessions->at[i].number[1] < before_ms && !is_some_devices(store, sessions->at[i].text[1]))
            table_delete(sessions, (const char *const[]){sessions->at[i].text[0]}, 1);
    return rc;
}

void memory_olm_install(struct e2ee_store *port)
{
    port->olm_each = olm_each;
    port->olm_put = olm_put;
    port->olm_delete = olm_delete;
    port->olm_expire = olm_expire;
}
