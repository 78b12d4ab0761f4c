/*
 * The store of the encryption machine in memory: tables of rows of texts and numbers.
 */
#include "tests/unit/bot/e2ee/memory_store.h"

#include <stdlib.h>
#include <string.h>

#include "core/base/mem.h"
#include "tests/unit/bot/e2ee/memory_inside.h"

enum { OLM_MESSAGES = 10000 };

/* ---- the rules that all calls obey */

int memory_enter(struct memory_store *store, bool write, struct err *err)
{
    BUG_IF(store->in_callback);
    BUG_IF(write && !store->in_transaction);
    store->calls++;
    store->writes += write;
    if (store->fail_at > 0 && --store->fail_at == 0) {
        store->failed = true;
        return err_set(err, ERR_STORE, "the disk is full");
    }
    return 0;
}

char *memory_text(struct span span)
{
    return mem_strndup(span.at != NULL ? span.at : "", span.length);
}

int memory_each(struct memory_store *store, enum memory_table which, const char *const *key, int keys,
                int (*give)(void *arg, const struct row *row), void *arg, size_t *given)
{
    struct table *table = &store->tables[which];

    for (size_t i = 0; i < table->count; i++) {
        struct row copy;
        int rc;

        if (!row_matches(&table->at[i], key, keys))
            continue;
        copy = row_copy(&table->at[i]);
        store->in_callback = true;
        rc = give(arg, &copy);
        store->in_callback = false;
        row_release(&copy);
        if (given != NULL)
            ++*given;
        if (rc != 0)
            return rc;
    }
    return 0;
}

int memory_delete(void *self, enum memory_table table, const char *name, struct err *err)
{
    struct memory_store *store = self;

    if (memory_enter(store, true, err) < 0)
        return -1;
    table_delete(&store->tables[table], &name, 1);
    return 0;
}

/* ---- the port */

static int value_get_in(void *self, enum memory_table table, const char *name, struct buf *out, struct err *err)
{
    struct memory_store *store = self;
    struct row *row;

    if (memory_enter(store, false, err) < 0)
        return -1;
    row = table_find(&store->tables[table], &name, 1);
    if (row == NULL)
        return 0;
    return buf_adds(out, row->text[1]) == 0 ? 1 : -1;
}

static int value_put_in(void *self, enum memory_table table, const char *name, struct span value, struct err *err)
{
    struct memory_store *store = self;
    char *text;

    if (memory_enter(store, true, err) < 0)
        return -1;
    text = memory_text(value);
    table_upsert(&store->tables[table], (struct row){{CONST_TEXT(name), text}, {0}}, 1);
    free(text);
    return 0;
}

static int value_get(void *self, const char *name, struct buf *out, struct err *err)
{
    return value_get_in(self, MEMORY_VALUE, name, out, err);
}

static int value_put(void *self, const char *name, struct span value, struct err *err)
{
    return value_put_in(self, MEMORY_VALUE, name, value, err);
}

static int identity_get(void *self, const char *user_id, struct buf *out, struct err *err)
{
    return value_get_in(self, MEMORY_IDENTITY, user_id, out, err);
}

static int identity_put(void *self, const char *user_id, struct span json, struct err *err)
{
    return value_put_in(self, MEMORY_IDENTITY, user_id, json, err);
}

static int give_inbound(void *arg, const struct row *row)
{
    const struct giving *giving = arg;
    struct e2ee_inbound_row inbound = {
        row->text[0],        row->text[1],  row->text[2],          row->text[3],
        row->text[4],        row->text[5],  span_of(row->text[6]), (uint32_t)row->number[0],
        row->number[1] != 0, row->number[2]};

    return giving->to.inbound(giving->arg, &inbound);
}

static int inbound_get(void *self, const char *room_id, const char *session_id,
                       int (*found)(void *arg, const struct e2ee_inbound_row *row), void *arg, struct err *err)
{
    struct memory_store *store = self;
    struct giving giving = {{.inbound = found}, arg};
    const char *key[] = {room_id, session_id};
    size_t given = 0;

    if (memory_enter(store, false, err) < 0)
        return -1;
    if (memory_each(store, MEMORY_INBOUND, key, 2, give_inbound, &giving, &given) != 0)
        return -1;
    return given != 0;
}

static int inbound_put(void *self, const struct e2ee_inbound_row *row, struct err *err)
{
    struct memory_store *store = self;
    char *pickle;

    if (memory_enter(store, true, err) < 0)
        return -1;
    pickle = memory_text(row->pickle);
    table_upsert(&store->tables[MEMORY_INBOUND],
                 (struct row){{CONST_TEXT(row->room_id), CONST_TEXT(row->session_id), CONST_TEXT(row->sender_user),
                               CONST_TEXT(row->sender_device), CONST_TEXT(row->sender_curve25519),
                               CONST_TEXT(row->sender_ed25519), pickle},
                              {row->first_index, row->authenticated, row->received_ms, 0 /* not in the backup */}},
                 2);
    free(pickle);
    return 0;
}

/* UNSAVED: those that the backup hasn't got alone. */
static int inbound_some(struct memory_store *store, bool unsaved, int64_t limit,
                        int (*each)(void *arg, const struct e2ee_inbound_row *row), void *arg, struct err *err)
{
    struct table copy = {0};
    int rc = 0;

    if (memory_enter(store, false, err) < 0)
        return -1;
    table_copy(&copy, &store->tables[MEMORY_INBOUND]);
    for (size_t i = 0; rc == 0 && i < copy.count; i++) {
        struct giving giving = {{.inbound = each}, arg};

        store->in_callback = true;
        if ((!unsaved || copy.at[i].number[3] == 0) && limit-- > 0)
            rc = give_inbound(&giving, &copy.at[i]);
        store->in_callback = false;
    }
    table_clear(&copy);
    return rc;
}

static int inbound_each(void *self, int64_t limit, int (*each)(void *arg, const struct e2ee_inbound_row *row),
                        void *arg, struct err *err)
{
    return inbound_some(self, false, limit, each, arg, err);
}

static int unsaved_each(void *self, int64_t limit, int (*each)(void *arg, const struct e2ee_inbound_row *row),
                        void *arg, struct err *err)
{
    return inbound_some(self, true, limit, each, arg, err);
}

static int unsaved_done(void *self, const char *room_id, const char *session_id, uint32_t first_index,
                        bool authenticated, struct err *err)
{
    struct memory_store *store = self;
    const char *key[] = {room_id, session_id};
    struct row *row;

    if (memory_enter(store, true, err) < 0)
        return -1;
    row = table_find(&store->tables[MEMORY_INBOUND], key, 2);
    if (row != NULL && row->number[0] == first_index && row->number[1] == authenticated)
        row->number[3] = 1;
    return 0;
}

static int unsaved_all(void *self, struct err *err)
{
    struct memory_store *store = self;
    struct table *table = &store->tables[MEMORY_INBOUND];

    if (memory_enter(store, true, err) < 0)
        return -1;
    for (size_t i = 0; i < table->count; i++)
        table->at[i].number[3] = 0;
    return 0;
}

static int replay_check(void *self, const char *room_id, const char *session_id, uint32_t index, const char *event_id,
                        int64_t sent_ms, struct err *err)
{
    struct memory_store *store = self;
    struct table *table = &store->tables[MEMORY_REPLAY];

    if (memory_enter(store, true, err) < 0)
        return -1;
    for (size_t i = 0; i < table->count; i++) {
        const struct row *row = &table->at[i];

        if (strcmp(row->text[0], room_id) == 0 && strcmp(row->text[1], session_id) == 0 && row->number[0] == index)
            return strcmp(row->text[2], event_id) == 0 && row->number[1] == sent_ms;
    }
    vec_push(table, row_copy(&(struct row){{CONST_TEXT(room_id), CONST_TEXT(session_id), CONST_TEXT(event_id)},
                                           {index, sent_ms}}));
    return 1;
}

static int give_outbound(void *arg, const struct row *row)
{
    const struct giving *giving = arg;
    struct e2ee_outbound_row outbound = {row->text[0], row->text[1], span_of(row->text[2]), row->number[0],
                                         row->number[1]};

    return giving->to.outbound(giving->arg, &outbound);
}

static int outbound_get(void *self, const char *room_id, int (*found)(void *arg, const struct e2ee_outbound_row *row),
                        void *arg, struct err *err)
{
    struct memory_store *store = self;
    struct giving giving = {{.outbound = found}, arg};
    size_t given = 0;

    if (memory_enter(store, false, err) < 0)
        return -1;
    if (memory_each(store, MEMORY_OUTBOUND, &room_id, 1, give_outbound, &giving, &given) != 0)
        return -1;
    return given != 0;
}

static int outbound_put(void *self, const struct e2ee_outbound_row *row, struct err *err)
{
    struct memory_store *store = self;
    char *pickle;

    if (memory_enter(store, true, err) < 0)
        return -1;
    pickle = memory_text(row->pickle);
    table_upsert(
        &store->tables[MEMORY_OUTBOUND],
        (struct row){{CONST_TEXT(row->room_id), CONST_TEXT(row->session_id), pickle}, {row->created_ms, row->messages}},
        1);
    free(pickle);
    return 0;
}

static int outbound_delete(void *self, const char *room_id, struct err *err)
{
    struct memory_store *store = self;

    if (memory_delete(self, MEMORY_OUTBOUND, room_id, err) < 0)
        return -1;
    table_delete(&store->tables[MEMORY_SHARED], &room_id, 1);
    return 0;
}

static int give_shared(void *arg, const struct row *row)
{
    const struct giving *giving = arg;

    return giving->to.shared(giving->arg, row->text[2], row->text[3], (uint32_t)row->number[0]);
}

static int shared_each(void *self, const char *room_id, const char *session_id,
                       int (*each)(void *arg, const char *user_id, const char *device_id, uint32_t index), void *arg,
                       struct err *err)
{
    struct giving giving = {{.shared = each}, arg};
    const char *key[] = {room_id, session_id};

    if (memory_enter(self, false, err) < 0)
        return -1;
    return memory_each(self, MEMORY_SHARED, key, 2, give_shared, &giving, NULL);
}

static int shared_put(void *self, const char *room_id, const char *session_id, const char *user_id,
                      const char *device_id, uint32_t index, struct err *err)
{
    struct memory_store *store = self;

    if (memory_enter(store, true, err) < 0)
        return -1;
    table_upsert(&store->tables[MEMORY_SHARED],
                 (struct row){{CONST_TEXT(room_id), CONST_TEXT(session_id), CONST_TEXT(user_id), CONST_TEXT(device_id)},
                              {index}},
                 4);
    return 0;
}

static int give_tracked(void *arg, const struct row *row)
{
    const struct giving *giving = arg;

    return giving->to.tracked(giving->arg, row->text[0], row->number[0] != 0);
}

static int tracked_each(void *self, int (*each)(void *arg, const char *user_id, bool outdated), void *arg,
                        struct err *err)
{
    struct giving giving = {{.tracked = each}, arg};

    if (memory_enter(self, false, err) < 0)
        return -1;
    return memory_each(self, MEMORY_TRACKED, NULL, 0, give_tracked, &giving, NULL);
}

static int tracked_put(void *self, const char *user_id, bool outdated, struct err *err)
{
    struct memory_store *store = self;

    if (memory_enter(store, true, err) < 0)
        return -1;
    table_upsert(&store->tables[MEMORY_TRACKED], (struct row){{CONST_TEXT(user_id)}, {outdated}}, 1);
    return 0;
}

static int tracked_delete(void *self, const char *user_id, struct err *err)
{
    return memory_delete(self, MEMORY_TRACKED, user_id, err);
}

static int give_device(void *arg, const struct row *row)
{
    const struct giving *giving = arg;
    struct e2ee_device_row device = {row->text[0], row->text[1], row->text[2],
                                     row->text[3], row->text[4], row->number[0] != 0};

    return giving->to.device(giving->arg, &device);
}

static int devices_each(void *self, const char *user_id, int (*each)(void *arg, const struct e2ee_device_row *row),
                        void *arg, struct err *err)
{
    struct giving giving = {{.device = each}, arg};

    if (memory_enter(self, false, err) < 0)
        return -1;
    return memory_each(self, MEMORY_DEVICE, &user_id, 1, give_device, &giving, NULL);
}

static int device_by_curve25519(void *self, const char *curve25519,
                                int (*found)(void *arg, const struct e2ee_device_row *row), void *arg, struct err *err)
{
    struct giving giving = {{.device = found}, arg};
    const char *key[] = {NULL, NULL, curve25519};
    size_t given = 0;

    if (memory_enter(self, false, err) < 0)
        return -1;
    if (memory_each(self, MEMORY_DEVICE, key, 3, give_device, &giving, &given) != 0)
        return -1;
    return given != 0;
}

static int device_put(void *self, const struct e2ee_device_row *row, struct err *err)
{
    struct memory_store *store = self;

    if (memory_enter(store, true, err) < 0)
        return -1;
    table_upsert(&store->tables[MEMORY_DEVICE],
                 (struct row){{CONST_TEXT(row->user_id), CONST_TEXT(row->device_id), CONST_TEXT(row->curve25519),
                               CONST_TEXT(row->ed25519), CONST_TEXT(row->keys_json)},
                              {row->deleted}},
                 2);
    return 0;
}

static int parked_put(void *self, const struct e2ee_parked_row *row, struct err *err)
{
    struct memory_store *store = self;

    if (memory_enter(store, true, err) < 0)
        return -1;
    if (table_find(&store->tables[MEMORY_PARKED], &row->event_id, 1) == NULL)
        table_upsert(&store->tables[MEMORY_PARKED],
                     (struct row){{CONST_TEXT(row->event_id), CONST_TEXT(row->room_id), CONST_TEXT(row->session_id),
                                   CONST_TEXT(row->event_json)},
                                  {row->parked_ms}},
                     1);
    return 0;
}

static int give_parked(void *arg, const struct row *row)
{
    const struct giving *giving = arg;
    struct e2ee_parked_row parked = {row->text[0], row->text[1], row->text[2], row->text[3], row->number[0]};

    return giving->to.parked(giving->arg, &parked);
}

static int parked_each(void *self, const char *room_id, const char *session_id,
                       int (*each)(void *arg, const struct e2ee_parked_row *row), void *arg, struct err *err)
{
    struct giving giving = {{.parked = each}, arg};
    const char *key[] = {NULL, room_id, session_id};

    if (memory_enter(self, false, err) < 0)
        return -1;
    return memory_each(self, MEMORY_PARKED, key, 3, give_parked, &giving, NULL);
}

static int parked_delete(void *self, const char *event_id, struct err *err)
{
    return memory_delete(self, MEMORY_PARKED, event_id, err);
}

static int parked_expire(void *self, int64_t before_ms, int64_t keep_at_most, struct err *err)
{
    struct memory_store *store = self;
    struct table *table = &store->tables[MEMORY_PARKED];

    if (memory_enter(store, true, err) < 0)
        return -1;
    for (size_t i = 0; i < table->count;) {
        if (table->at[i].number[0] < before_ms || (int64_t)(table->count - i) > keep_at_most) {
            row_release(&table->at[i]);
            vec_remove(table, i);
        } else {
            i++;
        }
    }
    return 0;
}

static int olm_message_new(void *self, const char *sha256, struct err *err)
{
    struct memory_store *store = self;
    struct table *table = &store->tables[MEMORY_OLM_MESSAGE];

    if (memory_enter(store, true, err) < 0)
        return -1;
    if (table_find(table, &sha256, 1) != NULL)
        return 0;
    vec_push(table, row_copy(&(struct row){{CONST_TEXT(sha256)}, {0}}));
    if (table->count > OLM_MESSAGES) {
        row_release(&table->at[0]);
        vec_remove(table, 0);
    }
    return 1;
}

static int request_put(void *self, const char *txn_id, const char *event_type, const char *body_json, struct err *err)
{
    struct memory_store *store = self;

    if (memory_enter(store, true, err) < 0)
        return -1;
    table_upsert(&store->tables[MEMORY_REQUEST],
                 (struct row){{CONST_TEXT(txn_id), CONST_TEXT(event_type), CONST_TEXT(body_json)}, {0}}, 1);
    return 0;
}

static int give_request(void *arg, const struct row *row)
{
    const struct giving *giving = arg;

    return giving->to.request(giving->arg, row->text[0], row->text[1], row->text[2]);
}

static int request_each(void *self,
                        int (*each)(void *arg, const char *txn_id, const char *event_type, const char *body_json),
                        void *arg, struct err *err)
{
    struct giving giving = {{.request = each}, arg};

    if (memory_enter(self, false, err) < 0)
        return -1;
    return memory_each(self, MEMORY_REQUEST, NULL, 0, give_request, &giving, NULL);
}

static int request_delete(void *self, const char *txn_id, struct err *err)
{
    return memory_delete(self, MEMORY_REQUEST, txn_id, err);
}

static int pickles_replace(void *self, e2ee_replace *replace, void *arg, struct err *err)
{
    static const int places[][3] = {{MEMORY_OLM, E2EE_PICKLE_OLM, 2},
                                    {MEMORY_INBOUND, E2EE_PICKLE_INBOUND, 6},
                                    {MEMORY_OUTBOUND, E2EE_PICKLE_OUTBOUND, 2}};
    struct memory_store *store = self;
    int rc = memory_enter(store, true, err);

    for (size_t i = 0; i < ARRAY_LENGTH(places); i++)
        for (size_t row = 0; rc == 0 && row < store->tables[places[i][0]].count; row++) {
            char **pickle = &store->tables[places[i][0]].at[row].text[places[i][2]];
            struct buf by = BUF_INIT(E2EE_PICKLE_MAX);

            rc = replace(arg, places[i][1], span_of(*pickle), &by, err);
            free(*pickle);
            *pickle = buf_steal(&by);
        }
    return rc;
}

/* ---- the store as a whole */

struct memory_store *memory_store_new(void)
{
    struct memory_store *store = mem_zero(1, sizeof(*store));

    store->port = (struct e2ee_store){
        .self = store,
        .value_get = value_get,
        .value_put = value_put,
        .inbound_get = inbound_get,
        .inbound_put = inbound_put,
        .inbound_each = inbound_each,
        .unsaved_each = unsaved_each,
        .unsaved_done = unsaved_done,
        .unsaved_all = unsaved_all,
        .replay_check = replay_check,
        .outbound_get = outbound_get,
        .outbound_put = outbound_put,
        .outbound_delete = outbound_delete,
        .shared_each = shared_each,
        .shared_put = shared_put,
        .tracked_each = tracked_each,
        .tracked_put = tracked_put,
        .tracked_delete = tracked_delete,
        .devices_each = devices_each,
        .device_by_curve25519 = device_by_curve25519,
        .device_put = device_put,
        .identity_get = identity_get,
        .identity_put = identity_put,
        .parked_put = parked_put,
        .parked_each = parked_each,
        .parked_delete = parked_delete,
        .parked_expire = parked_expire,
        .olm_message_new = olm_message_new,
        .request_put = request_put,
        .request_each = request_each,
        .request_delete = request_delete,
        .pickles_replace = pickles_replace,
    };
    memory_olm_install(&store->port);
    return store;
}

void memory_store_free(struct memory_store *store)
{
    if (store == NULL)
        return;
    for (int i = 0; i < MEMORY_TABLES; i++) {
        table_clear(&store->tables[i]);
        table_clear(&store->saved[i]);
    }
    free(store);
}

const struct e2ee_store *memory_store_port(struct memory_store *store)
{
    return &store->port;
}

void memory_begin(struct memory_store *store)
{
    BUG_IF(store->in_transaction);
    store->in_transaction = true;
    for (int i = 0; i < MEMORY_TABLES; i++)
        table_copy(&store->saved[i], &store->tables[i]);
}

void memory_commit(struct memory_store *store)
{
    BUG_IF(!store->in_transaction);
    store->in_transaction = false;
    for (int i = 0; i < MEMORY_TABLES; i++)
        table_clear(&store->saved[i]);
}

void memory_rollback(struct memory_store *store)
{
    BUG_IF(!store->in_transaction);
    store->in_transaction = false;
    for (int i = 0; i < MEMORY_TABLES; i++) {
        table_clear(&store->tables[i]);
        store->tables[i] = store->saved[i];
        memset(&store->saved[i], 0, sizeof(store->saved[i]));
    }
}

void memory_fail_at(struct memory_store *store, long n)
{
    store->fail_at = n;
    store->failed = false;
}

bool memory_failed(const struct memory_store *store)
{
    return store->failed;
}

long memory_calls(const struct memory_store *store)
{
    return store->calls;
}

long memory_writes(const struct memory_store *store)
{
    return store->writes;
}

size_t memory_count(const struct memory_store *store, enum memory_table table)
{
    return store->tables[table].count;
}

void memory_clear(struct memory_store *store, enum memory_table table)
{
    table_clear(&store->tables[table]);
}
