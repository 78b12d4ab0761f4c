/*
 * What encryption relies on, for each implementation of its port.
 */
#include "tests/unit/unit.h"

#include <stdlib.h>
#include <string.h>

#include "core/base/mem.h"
#include "tests/unit/bot/store/backend.h"

#define SELF b->e2ee->self

static void assert_printed(struct buf *out, const char *expected)
{
    assert_string_equal(buf_text(out), expected);
    buf_clear(out);
}

static void values_come_back_as_bytes(void **state)
{
    struct backend *b = *state;
    struct buf out = BUF_INIT(100), small = BUF_INIT(2);
    struct err err;

    begin(b);
    assert_int_equal(b->e2ee->value_get(SELF, "account", &out, &err), 0);
    OK(b->e2ee->value_put(SELF, "account", span_of("old"), e));
    OK(b->e2ee->value_put(SELF, "account", (struct span){"\0\xff\x01", 3}, e));
    assert_int_equal(b->e2ee->value_get(SELF, "account", &out, &err), 1);
    assert_int_equal(out.length, 3);
    assert_memory_equal(out.data, "\0\xff\x01", 3);
    assert_int_equal(b->e2ee->value_get(SELF, "account", &small, &err), -1);
    assert_int_equal(err.class, ERR_LIMIT);
    commit(b);
    buf_release(&out);
    buf_release(&small);
}

static int print_olm(void *arg, const struct e2ee_olm_row *row)
{
    return buf_addf(arg, "%s %s %.*s %lld %lld;", row->session_id, row->their_curve25519, (int)row->pickle.length,
                    row->pickle.at, (long long)row->created_ms, (long long)row->used_ms);
}

static int use_again(void *arg, const struct e2ee_olm_row *row)
{
    struct backend *b = arg;
    struct e2ee_olm_row used = *row;

    if (strcmp(row->session_id, "s1") != 0)
        return 0;
    used.pickle = span_of("advanced");
    used.used_ms = 99;
    OK(b->e2ee->olm_put(SELF, &used, e));
    return 1;
}

static void olm_sessions_come_latest_used_first(void **state)
{
    struct backend *b = *state;
    struct buf out = BUF_INIT(500);
    struct err err;

    begin(b);
    OK(b->e2ee->olm_put(SELF, &(struct e2ee_olm_row){"s1", "peer", span_of("p1"), 1, 10}, e));
    OK(b->e2ee->olm_put(SELF, &(struct e2ee_olm_row){"s2", "peer", span_of("p2"), 2, 30}, e));
    OK(b->e2ee->olm_put(SELF, &(struct e2ee_olm_row){"s3", "peer", span_of("p3"), 3, 20}, e));
    OK(b->e2ee->olm_put(SELF, &(struct e2ee_olm_row){"s4", "else", span_of("p4"), 4, 40}, e));
    OK(b->e2ee->olm_each(SELF, "peer", print_olm, &out, e));
    assert_printed(&out, "s2 peer p2 2 30;s3 peer p3 3 20;s1 peer p1 1 10;");
    /* The machine tries sessions in turn and writes the one that fits from within the walk. */
    assert_int_equal(b->e2ee->olm_each(SELF, "peer", use_again, b, &err), 1);
    OK(b->e2ee->olm_delete(SELF, "s2", e));
    OK(b->e2ee->olm_each(SELF, "peer", print_olm, &out, e));
    assert_printed(&out, "s1 peer advanced 1 99;s3 peer p3 3 20;");
    commit(b);
    buf_release(&out);
}

static void olm_sessions_of_devices_that_are_gone_expire(void **state)
{
    struct backend *b = *state;
    struct buf out = BUF_INIT(500);

    begin(b);
    OK(b->e2ee->device_put(SELF, &(struct e2ee_device_row){"@a:x", "A", "here", "ed", "{}", false}, e));
    OK(b->e2ee->device_put(SELF, &(struct e2ee_device_row){"@a:x", "B", "gone", "ed", "{}", true}, e));
    OK(b->e2ee->olm_put(SELF, &(struct e2ee_olm_row){"s1", "here", span_of("p1"), 1, 1}, e));
    OK(b->e2ee->olm_put(SELF, &(struct e2ee_olm_row){"s2", "gone", span_of("p2"), 1, 29}, e));
    OK(b->e2ee->olm_put(SELF, &(struct e2ee_olm_row){"s3", "gone", span_of("p3"), 1, 30}, e));
    OK(b->e2ee->olm_put(SELF, &(struct e2ee_olm_row){"s4", "nobody's", span_of("p4"), 1, 29}, e));
    OK(b->e2ee->olm_expire(SELF, 30, e));
    OK(b->e2ee->olm_each(SELF, "here", print_olm, &out, e));
    OK(b->e2ee->olm_each(SELF, "gone", print_olm, &out, e));
    OK(b->e2ee->olm_each(SELF, "nobody's", print_olm, &out, e));
    assert_printed(&out, "s1 here p1 1 1;s3 gone p3 1 30;");
    commit(b);
    buf_release(&out);
}

static int print_inbound(void *arg, const struct e2ee_inbound_row *row)
{
    return buf_addf(arg, "%s %s %s %s %s %s %.*s %u %d %lld", row->room_id, row->session_id, row->sender_user,
                    row->sender_device, row->sender_curve25519, row->sender_ed25519, (int)row->pickle.length,
                    row->pickle.at, row->first_index, row->authenticated, (long long)row->received_ms);
}

static int refuse(void *arg, const struct e2ee_inbound_row *row)
{
    (void)arg;
    (void)row;
    return -1;
}

static void an_inbound_session_keeps_its_owner(void **state)
{
    struct backend *b = *state;
    struct e2ee_inbound_row row = {"!a:x", "s", "", "", "c", "e", span_of("old"), UINT32_MAX, false, 5};
    struct buf out = BUF_INIT(500);
    struct err err;

    begin(b);
    assert_int_equal(b->e2ee->inbound_get(SELF, "!a:x", "s", print_inbound, &out, &err), 0);
    OK(b->e2ee->inbound_put(SELF, &row, e));
    assert_int_equal(b->e2ee->inbound_get(SELF, "!a:x", "s", print_inbound, &out, &err), 1);
    assert_printed(&out, "!a:x s   c e old 4294967295 0 5");
    /* A restored one is nobody's for good … */
    row = (struct e2ee_inbound_row){"!a:x", "s", "@anna:x", "PHONE", "c", "e", span_of("true"), 4, true, 5};
    OK(b->e2ee->inbound_put(SELF, &row, e));
    assert_int_equal(b->e2ee->inbound_get(SELF, "!a:x", "s", print_inbound, &out, &err), 1);
    assert_printed(&out, "!a:x s @anna:x PHONE c e true 4 1 5");
    /* … a proven one is its owner's. */
    row = (struct e2ee_inbound_row){"!a:x", "s", "@mallory:x", "DEV", "c2", "e2", span_of("new"), 3, true, 6};
    OK(b->e2ee->inbound_put(SELF, &row, e));
    assert_int_equal(b->e2ee->inbound_get(SELF, "!a:x", "s", print_inbound, &out, &err), 1);
    assert_printed(&out, "!a:x s @anna:x DEV c2 e2 new 3 1 6");
    assert_int_equal(b->e2ee->inbound_get(SELF, "!b:x", "s", print_inbound, &out, &err), 0);
    assert_int_equal(b->e2ee->inbound_get(SELF, "!a:x", "s", refuse, NULL, &err), -1);
    commit(b);
    buf_release(&out);
}

static int print_unsaved(void *arg, const struct e2ee_inbound_row *row)
{
    return buf_addf(arg, "%s %s %u;", row->room_id, row->session_id, row->first_index);
}

static int unsaved(struct backend *b, int64_t limit, struct buf *out)
{
    struct err err;

    buf_clear(out);
    return b->e2ee->unsaved_each(SELF, limit, print_unsaved, out, &err);
}

static void what_the_backup_lacks_is_told(void **state)
{
    struct backend *b = *state;
    struct e2ee_inbound_row row = {"!a:x", "s1", "@anna:x", "", "c", "e", span_of("p"), 3, true, 5};
    struct buf out = BUF_INIT(500);

    begin(b);
    assert_int_equal(unsaved(b, 10, &out), 0);
    assert_printed(&out, "");
    OK(b->e2ee->inbound_put(SELF, &row, e));
    row.session_id = "s2";
    OK(b->e2ee->inbound_put(SELF, &row, e));
    row.room_id = "!b:x";
    OK(b->e2ee->inbound_put(SELF, &row, e));
    assert_int_equal(unsaved(b, 2, &out), 0);
    assert_printed(&out, "!a:x s1 3;!a:x s2 3;");
    OK(b->e2ee->unsaved_done(SELF, "!a:x", "s1", 3, true, e));
    OK(b->e2ee->unsaved_done(SELF, "!a:x", "s2", 3, false, e)); /* as it is no more */
    OK(b->e2ee->unsaved_done(SELF, "!b:x", "s2", 0, true, e));
    assert_int_equal(unsaved(b, 10, &out), 0);
    assert_printed(&out, "!a:x s2 3;!b:x s2 3;");
    row = (struct e2ee_inbound_row){"!a:x", "s1", "@anna:x", "", "c", "e", span_of("better"), 0, true, 5};
    OK(b->e2ee->inbound_put(SELF, &row, e));
    assert_int_equal(unsaved(b, 10, &out), 0);
    assert_printed(&out, "!a:x s1 0;!a:x s2 3;!b:x s2 3;");
    OK(b->e2ee->unsaved_done(SELF, "!a:x", "s1", 0, true, e));
    OK(b->e2ee->unsaved_all(SELF, e));
    assert_int_equal(unsaved(b, 10, &out), 0);
    assert_printed(&out, "!a:x s1 0;!a:x s2 3;!b:x s2 3;");
    commit(b);
    buf_release(&out);
}

static void a_message_index_belongs_to_one_event(void **state)
{
    struct backend *b = *state;
    struct err err;

    begin(b);
    assert_int_equal(b->e2ee->replay_check(SELF, "!a:x", "s", 0, "$1", 10, &err), 1);
    assert_int_equal(b->e2ee->replay_check(SELF, "!a:x", "s", 0, "$1", 10, &err), 1);
    assert_int_equal(b->e2ee->replay_check(SELF, "!a:x", "s", 0, "$2", 10, &err), 0);
    assert_int_equal(b->e2ee->replay_check(SELF, "!a:x", "s", 0, "$1", 11, &err), 0);
    assert_int_equal(b->e2ee->replay_check(SELF, "!a:x", "s", 1, "$2", 10, &err), 1);
    assert_int_equal(b->e2ee->replay_check(SELF, "!a:x", "t", 0, "$2", 10, &err), 1);
    assert_int_equal(b->e2ee->replay_check(SELF, "!b:x", "s", 0, "$2", 10, &err), 1);
    assert_int_equal(b->e2ee->replay_check(SELF, "!a:x", "s", UINT32_MAX, "$3", 10, &err), 1);
    commit(b);
    begin(b);
    assert_int_equal(b->e2ee->replay_check(SELF, "!a:x", "s", UINT32_MAX, "$4", 10, &err), 0);
    commit(b);
}

static int print_outbound(void *arg, const struct e2ee_outbound_row *row)
{
    return buf_addf(arg, "%s %s %.*s %lld %lld", row->room_id, row->session_id, (int)row->pickle.length, row->pickle.at,
                    (long long)row->created_ms, (long long)row->messages);
}

static int print_shared(void *arg, const char *user_id, const char *device_id, uint32_t index)
{
    return buf_addf(arg, "%s/%s@%u;", user_id, device_id, index);
}

static void an_outbound_session_goes_with_whom_it_was_shared_with(void **state)
{
    struct backend *b = *state;
    struct buf out = BUF_INIT(500);
    struct err err;

    begin(b);
    OK(b->e2ee->outbound_put(SELF, &(struct e2ee_outbound_row){"!a:x", "s", span_of("p0"), 1, 0}, e));
    OK(b->e2ee->outbound_put(SELF, &(struct e2ee_outbound_row){"!a:x", "s", span_of("p1"), 1, 7}, e));
    OK(b->e2ee->shared_put(SELF, "!a:x", "s", "@b:x", "D2", 4, e));
    OK(b->e2ee->shared_put(SELF, "!a:x", "s", "@b:x", "D1", 0, e));
    OK(b->e2ee->shared_put(SELF, "!a:x", "s", "@b:x", "D1", 2, e));
    OK(b->e2ee->shared_put(SELF, "!a:x", "other", "@b:x", "D3", 0, e));
    OK(b->e2ee->shared_put(SELF, "!b:x", "s", "@b:x", "D4", 0, e));
    assert_int_equal(b->e2ee->outbound_get(SELF, "!a:x", print_outbound, &out, &err), 1);
    assert_printed(&out, "!a:x s p1 1 7");
    OK(b->e2ee->shared_each(SELF, "!a:x", "s", print_shared, &out, e));
    assert_printed(&out, "@b:x/D1@2;@b:x/D2@4;");
    OK(b->e2ee->outbound_delete(SELF, "!a:x", e));
    assert_int_equal(b->e2ee->outbound_get(SELF, "!a:x", print_outbound, &out, &err), 0);
    OK(b->e2ee->shared_each(SELF, "!a:x", "s", print_shared, &out, e));
    assert_printed(&out, "");
    OK(b->e2ee->shared_each(SELF, "!b:x", "s", print_shared, &out, e));
    assert_printed(&out, "@b:x/D4@0;");
    commit(b);
    buf_release(&out);
}

static int print_tracked(void *arg, const char *user_id, bool outdated)
{
    return buf_addf(arg, "%s%s;", user_id, outdated ? "?" : "");
}

static void users_are_followed_until_they_are_not(void **state)
{
    struct backend *b = *state;
    struct buf out = BUF_INIT(500);

    begin(b);
    OK(b->e2ee->tracked_put(SELF, "@b:x", true, e));
    OK(b->e2ee->tracked_put(SELF, "@a:x", true, e));
    OK(b->e2ee->tracked_put(SELF, "@b:x", false, e));
    OK(b->e2ee->tracked_each(SELF, print_tracked, &out, e));
    assert_printed(&out, "@a:x?;@b:x;");
    OK(b->e2ee->tracked_delete(SELF, "@a:x", e));
    OK(b->e2ee->tracked_each(SELF, print_tracked, &out, e));
    assert_printed(&out, "@b:x;");
    commit(b);
    buf_release(&out);
}

static int print_device(void *arg, const struct e2ee_device_row *row)
{
    return buf_addf(arg, "%s/%s %s %s %s %d;", row->user_id, row->device_id, row->curve25519, row->ed25519,
                    row->keys_json, row->deleted);
}

static void a_curve_key_belongs_to_the_device_that_had_it_first(void **state)
{
    struct backend *b = *state;
    struct e2ee_device_row anna = {"@anna:x", "A", "key", "e1", "{}", false};
    struct e2ee_device_row mallory = {"@aaron:x", "A", "key", "e2", "{}", false};
    struct buf out = BUF_INIT(500);
    struct err err;

    begin(b);
    assert_int_equal(b->e2ee->device_by_curve25519(SELF, "key", print_device, &out, &err), 0);
    OK(b->e2ee->device_put(SELF, &anna, e));
    OK(b->e2ee->device_put(SELF, &mallory, e));
    anna.keys_json = "{1}";
    OK(b->e2ee->device_put(SELF, &anna, e));
    assert_int_equal(b->e2ee->device_by_curve25519(SELF, "key", print_device, &out, &err), 1);
    assert_printed(&out, "@anna:x/A key e1 {1} 0;");
    OK(b->e2ee->device_put(SELF, &(struct e2ee_device_row){"@anna:x", "B", "other", "e3", "{2}", true}, e));
    OK(b->e2ee->devices_each(SELF, "@anna:x", print_device, &out, e));
    assert_printed(&out, "@anna:x/A key e1 {1} 0;@anna:x/B other e3 {2} 1;");
    commit(b);
    buf_release(&out);
}

static void identities_are_kept_as_given(void **state)
{
    struct backend *b = *state;
    struct buf out = BUF_INIT(100);
    struct err err;

    begin(b);
    assert_int_equal(b->e2ee->identity_get(SELF, "@a:x", &out, &err), 0);
    OK(b->e2ee->identity_put(SELF, "@a:x", span_of("{\"m\":1}"), e));
    OK(b->e2ee->identity_put(SELF, "@a:x", span_of("{\"m\":2}"), e));
    assert_int_equal(b->e2ee->identity_get(SELF, "@a:x", &out, &err), 1);
    assert_printed(&out, "{\"m\":2}");
    commit(b);
    buf_release(&out);
}

static int print_parked(void *arg, const struct e2ee_parked_row *row)
{
    return buf_addf(arg, "%s %s %s %s %lld;", row->event_id, row->room_id, row->session_id, row->event_json,
                    (long long)row->parked_ms);
}

struct unpark {
    struct backend *b;
    int count;
};

static int unpark(void *arg, const struct e2ee_parked_row *row)
{
    struct unpark *u = arg;

    OK(u->b->e2ee->parked_delete(u->b->e2ee->self, row->event_id, e));
    u->count++;
    return 0;
}

static void parked_events_come_in_order_and_expire(void **state)
{
    struct backend *b = *state;
    struct unpark u = {b, 0};
    struct buf out = BUF_INIT(1000);
    char id[16];

    begin(b);
    for (int i = 0; i < 8; i++) {
        snprintf(id, sizeof(id), "$%d", (i * 5) % 8); /* not in the order of the ids */
        OK(b->e2ee->parked_put(SELF, &(struct e2ee_parked_row){id, "!a:x", i % 2 != 0 ? "s" : "t", "{}", 100 + i}, e));
        OK(b->e2ee->parked_put(SELF, &(struct e2ee_parked_row){id, "!a:x", "s", "{again}", 900}, e));
    }
    OK(b->e2ee->parked_each(SELF, "!a:x", "s", print_parked, &out, e));
    assert_printed(&out, "$5 !a:x s {} 101;$7 !a:x s {} 103;$1 !a:x s {} 105;$3 !a:x s {} 107;");
    OK(b->e2ee->parked_expire(SELF, 103, 100, e));
    OK(b->e2ee->parked_each(SELF, "!a:x", "s", print_parked, &out, e));
    assert_printed(&out, "$7 !a:x s {} 103;$1 !a:x s {} 105;$3 !a:x s {} 107;");
    OK(b->e2ee->parked_expire(SELF, 0, 4, e)); /* 104 to 107 */
    OK(b->e2ee->parked_each(SELF, "!a:x", "s", print_parked, &out, e));
    assert_printed(&out, "$1 !a:x s {} 105;$3 !a:x s {} 107;");
    OK(b->e2ee->parked_each(SELF, "!a:x", "s", unpark, &u, e));
    assert_int_equal(u.count, 2);
    OK(b->e2ee->parked_each(SELF, "!a:x", "s", print_parked, &out, e));
    assert_printed(&out, "");
    commit(b);
    buf_release(&out);
}

static void the_last_ten_thousand_olm_messages_are_known(void **state)
{
    struct backend *b = *state;
    char hash[16];
    struct err err;

    begin(b);
    for (int i = 0; i < 10001; i++) {
        snprintf(hash, sizeof(hash), "h%d", i);
        assert_int_equal(b->e2ee->olm_message_new(SELF, hash, &err), 1);
    }
    assert_int_equal(b->e2ee->olm_message_new(SELF, "h1", &err), 0);
    assert_int_equal(b->e2ee->olm_message_new(SELF, "h10000", &err), 0);
    assert_int_equal(b->e2ee->olm_message_new(SELF, "h0", &err), 1); /* it fell out */
    commit(b);
}

static int print_request(void *arg, const char *txn_id, const char *event_type, const char *body_json)
{
    return buf_addf(arg, "%s %s %s;", txn_id, event_type, body_json);
}

static void requests_wait_in_order_and_do_not_change(void **state)
{
    struct backend *b = *state;
    struct buf out = BUF_INIT(500);

    begin(b);
    OK(b->e2ee->request_put(SELF, "t2", "m.room.encrypted", "{2}", e));
    OK(b->e2ee->request_put(SELF, "t1", "m.dummy", "{1}", e));
    OK(b->e2ee->request_put(SELF, "t2", "m.dummy", "{changed}", e));
    OK(b->e2ee->request_each(SELF, print_request, &out, e));
    assert_printed(&out, "t2 m.room.encrypted {2};t1 m.dummy {1};");
    OK(b->e2ee->request_delete(SELF, "t2", e));
    OK(b->e2ee->request_delete(SELF, "t2", e));
    OK(b->e2ee->request_each(SELF, print_request, &out, e));
    assert_printed(&out, "t1 m.dummy {1};");
    commit(b);
    buf_release(&out);
}

static void no_id_is_ever_read_as_sql(void **state)
{
    struct backend *b = *state;
    struct err err;

    begin(b);
    for (size_t i = 0; i < ARRAY_LENGTH(nasty); i++) {
        const char *n = nasty[i];
        struct buf out = BUF_INIT(2000), expected = BUF_INIT(2000);

        OK(b->e2ee->olm_put(SELF, &(struct e2ee_olm_row){n, n, span_of(n), 1, 1}, e));
        OK(b->e2ee->olm_each(SELF, n, print_olm, &out, e));
        buf_addf(&expected, "%s %s %s 1 1;", n, n, n);
        OK(b->e2ee->device_put(SELF, &(struct e2ee_device_row){n, n, n, n, n, false}, e));
        OK(b->e2ee->devices_each(SELF, n, print_device, &out, e));
        buf_addf(&expected, "%s/%s %s %s %s 0;", n, n, n, n, n);
        OK(b->e2ee->parked_put(SELF, &(struct e2ee_parked_row){n, n, n, n, 1}, e));
        OK(b->e2ee->parked_each(SELF, n, n, print_parked, &out, e));
        buf_addf(&expected, "%s %s %s %s 1;", n, n, n, n);
        assert_int_equal(b->e2ee->replay_check(SELF, n, n, 1, n, 1, &err), 1);
        assert_int_equal(b->e2ee->olm_message_new(SELF, n, &err), 1);
        assert_string_equal(buf_text(&out), buf_text(&expected));
        buf_release(&out);
        buf_release(&expected);
    }
    commit(b);
}

struct replacing {
    struct buf *seen;
    const char *but; /* the pickle at which it fails */
};

static int replace(void *arg, enum e2ee_pickle kind, struct span pickle, struct buf *by, struct err *err)
{
    const struct replacing *replacing = arg;

    buf_addf(replacing->seen, "%d %.*s;", (int)kind, (int)pickle.length, pickle.at);
    if (replacing->but != NULL && strncmp(pickle.at, replacing->but, pickle.length) == 0)
        return err_set(err, ERR_CRYPTO, "it doesn't open");
    return buf_addf(by, "new %.*s, which is longer than it was", (int)pickle.length, pickle.at);
}

static int print_outbound_pickle(void *arg, const struct e2ee_outbound_row *row)
{
    return buf_add_span(arg, row->pickle);
}

static int print_inbound_pickle(void *arg, const struct e2ee_inbound_row *row)
{
    return buf_add_span(arg, row->pickle);
}

/* Each once, in whatever order; nothing else of the rows changes, and what the backup has it still has. */
static void pickles_are_replaced_all_or_none(void **state)
{
    struct backend *b = *state;
    struct buf out = BUF_INIT(1000), seen = BUF_INIT(1000);
    struct replacing replacing = {&seen, NULL};
    struct e2ee_inbound_row inbound = {"r", "i1", "u", "d", "c", "e", span_of("pi1"), 7, true, 5};
    struct err err;

    begin(b);
    OK(b->e2ee->olm_put(SELF, &(struct e2ee_olm_row){"s1", "peer", span_of("po1"), 1, 10}, e));
    OK(b->e2ee->olm_put(SELF, &(struct e2ee_olm_row){"s2", "peer", span_of("po2"), 2, 30}, e));
    OK(b->e2ee->inbound_put(SELF, &inbound, e));
    OK(b->e2ee->unsaved_done(SELF, "r", "i1", 7, true, e));
    inbound.session_id = "i2";
    inbound.pickle = span_of("pi2");
    OK(b->e2ee->inbound_put(SELF, &inbound, e));
    OK(b->e2ee->outbound_put(SELF, &(struct e2ee_outbound_row){"r", "x", span_of("px"), 1, 2}, e));
    commit(b);
    begin(b);
    replacing.but = "px";
    assert_int_equal(b->e2ee->pickles_replace(SELF, replace, &replacing, &err), -1);
    assert_int_equal(err.class, ERR_CRYPTO);
    store_rollback(b->store);
    buf_clear(&seen);
    OK(b->e2ee->inbound_each(SELF, 9, print_inbound_pickle, &out, e)); /* saved or not */
    assert_true(strcmp(buf_text(&out), "pi1pi2") == 0 || strcmp(buf_text(&out), "pi2pi1") == 0);
    buf_clear(&out);
    OK(b->e2ee->inbound_each(SELF, 1, print_inbound_pickle, &out, e));
    assert_int_equal(out.length, 3);
    buf_clear(&out);
    begin(b);
    replacing.but = NULL;
    OK(b->e2ee->pickles_replace(SELF, replace, &replacing, e));
    commit(b);
    assert_printed(&seen, "0 po1;0 po2;1 pi1;1 pi2;2 px;");
    OK(b->e2ee->olm_each(SELF, "peer", print_olm, &out, e));
    assert_printed(&out, "s2 peer new po2, which is longer than it was 2 30;"
                         "s1 peer new po1, which is longer than it was 1 10;");
    assert_int_equal(b->e2ee->inbound_get(SELF, "r", "i1", print_inbound_pickle, &out, &err), 1);
    OK(b->e2ee->unsaved_each(SELF, 9, print_inbound_pickle, &out, e));
    assert_int_equal(b->e2ee->outbound_get(SELF, "r", print_outbound_pickle, &out, &err), 1);
    assert_printed(&out, "new pi1, which is longer than it wasnew pi2, which is longer than it was"
                         "new px, which is longer than it was");
    buf_release(&out);
    buf_release(&seen);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        ON_EACH(values_come_back_as_bytes),
        ON_EACH(olm_sessions_come_latest_used_first),
        ON_EACH(olm_sessions_of_devices_that_are_gone_expire),
        ON_EACH(an_inbound_session_keeps_its_owner),
        ON_EACH(what_the_backup_lacks_is_told),
        ON_EACH(a_message_index_belongs_to_one_event),
        ON_EACH(an_outbound_session_goes_with_whom_it_was_shared_with),
        ON_EACH(users_are_followed_until_they_are_not),
        ON_EACH(a_curve_key_belongs_to_the_device_that_had_it_first),
        ON_EACH(identities_are_kept_as_given),
        ON_EACH(parked_events_come_in_order_and_expire),
        ON_EACH(the_last_ten_thousand_olm_messages_are_known),
        ON_EACH(requests_wait_in_order_and_do_not_change),
        ON_EACH(no_id_is_ever_read_as_sql),
        ON_EACH(pickles_are_replaced_all_or_none),
    };

    return RUN_TESTS(tests);
}
