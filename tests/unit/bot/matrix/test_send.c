/*
 * What waits to be said: no room keeps the others waiting, and nothing is said to whom it isn't meant for.
 */
#include <time.h>

#include "bot/e2ee/ratchet.h"
#include "bot/matrix/send.h"
#include "tests/unit/bot/matrix/rig.h"

#define ANNA "@anna:gym.test"

enum { SLOW_ROOMS = 6, SLOW_NS = 5 * 1000 * 1000 };

/* A disk that takes its time for lists of devices. */
static int slow_devices(void *self, const char *user_id, int (*each)(void *arg, const struct e2ee_device_row *row),
                        void *arg, struct err *err)
{
    nanosleep(&(struct timespec){.tv_nsec = SLOW_NS}, NULL);
    return store_e2ee(rig_of_port->store)->devices_each(self, user_id, each, arg, err);
}

static void enter(struct rig *rig, const char *room, bool encrypted)
{
    struct buf sync = BUF_INIT(4096);

    buf_addf(&sync,
             "{'next_batch':'n','rooms':{'join':{'%s':{'state':{'events':[%s"
             "{'type':'m.room.member','state_key':'" ANNA "','event_id':'$a%s','sender':'" ANNA
             "','origin_server_ts':1700000000000,'content':{'membership':'join'}}]}}}}}",
             room,
             encrypted ? "{'type':'m.room.encryption','state_key':'','event_id':'$e','sender':'" ANNA
                         "','origin_server_ts':1700000000000,'content':{'algorithm':'m.megolm.v1.aes-sha2'}},"
                       : "",
             room);
    assert_int_equal(rig_sync(rig, buf_text(&sync)), 0);
    mx_rooms_find(rig->matrix->rooms, room)->members_complete = true;
    buf_release(&sync);
}

static void say_unasked(struct rig *rig, const char *room)
{
    struct outgoing ping = {.kind = OUT_PING,
                            .transport = "matrix",
                            .room = room,
                            .text = "your turn",
                            .at_ms = loop_now_ms(),
                            .bulk = true};

    assert_int_equal(rig->port.say(rig->port.self, &ping, NULL), 0);
}

/* Anna's phone, signed by itself; and MASTER, her identity's key (NULL: none). */
static void write_phone(const char *master, struct buf *answer)
{
    struct ratchet_account *phone = ratchet_account_new();
    struct buf keys = BUF_INIT(4096);
    char curve25519[44], ed25519[44], signature[88];

    ratchet_account_keys(phone, curve25519, ed25519);
    buf_addf(&keys,
             "{\"algorithms\":[\"m.olm.v1.curve25519-aes-sha2\",\"m.megolm.v1.aes-sha2\"],\"device_id\":\"PHONE\","
             "\"keys\":{\"curve25519:PHONE\":\"%s\",\"ed25519:PHONE\":\"%s\"},\"user_id\":\"" ANNA "\"}",
             curve25519, ed25519);
    ratchet_account_sign(phone, buf_span(&keys), signature);
    keys.length--;
    buf_addf(answer,
             "{\"device_keys\":{\"" SELF "\":{},\"" ANNA "\":{\"PHONE\":%.*s,\"signatures\":{\"" ANNA
             "\":{\"ed25519:PHONE\":\"%s\"}}}}}",
             (int)keys.length, keys.data, signature);
    if (master != NULL)
        buf_addf(answer,
                 ",\"master_keys\":{\"" ANNA
                 "\":{\"keys\":{\"ed25519:%s\":\"%s\"},\"usage\":[\"master\"],\"user_id\":\"" ANNA "\"}}",
                 master, master);
    buf_addc(answer, '}');
    buf_release(&keys);
    ratchet_account_free(phone);
}

/* The server says which devices Anna has, and nothing of their one-time keys. */
static void answer_queries(struct rig *rig, const char *master)
{
    struct buf answer = BUF_INIT(8192);
    const struct e2ee_request *request;
    struct json *json;

    write_phone(master, &answer);
    json = json_parse(buf_span(&answer), NULL);
    assert_non_null(json);
    assert_int_equal(mx_begin(rig->matrix, NULL), 0);
    while ((request = e2ee_next_request(rig->matrix->e2ee, loop_now_ms())) != NULL)
        if (request->kind == E2EE_KEYS_QUERY)
            assert_int_equal(e2ee_request_done(rig->matrix->e2ee, request->id, 200, json, loop_now_ms(), NULL), 0);
    assert_int_equal(mx_commit(rig->matrix, NULL), 0);
    json_free(json);
    buf_release(&answer);
}

static void collect(struct rig *rig)
{
    assert_int_equal(mx_begin(rig->matrix, NULL), 0);
    assert_int_equal(mx_send_collect(rig->matrix->send, NULL), 0);
    assert_int_equal(mx_commit(rig->matrix, NULL), 0);
}

static int look_for_sealed(void *arg, const struct matrix_outbox_row *row)
{
    bool *sealed = arg;

    *sealed = *sealed || (strcmp(row->room, "!z:gym.test") == 0 && row->state == OUTBOX_SEALED);
    return 0;
}

static void rooms_that_take_long_keep_none_waiting(void **state)
{
    struct rig *rig = *state;
    bool sealed = false;
    char room[32];

    for (int i = 0; i < SLOW_ROOMS; i++) {
        snprintf(room, sizeof(room), "!a%d:gym.test", i);
        enter(rig, room, true);
    }
    enter(rig, "!z:gym.test", false);
    assert_int_equal(mx_begin(rig->matrix, NULL), 0);
    for (int i = 0; i < SLOW_ROOMS; i++) {
        snprintf(room, sizeof(room), "!a%d:gym.test", i);
        say_unasked(rig, room);
    }
    assert_int_equal(mx_send_collect(rig->matrix->send, NULL), 0);
    assert_int_equal(mx_commit(rig->matrix, NULL), 0);
    answer_queries(rig, NULL);
    rig->keys.devices_each = slow_devices;
    assert_int_equal(mx_begin(rig->matrix, NULL), 0);
    say_unasked(rig, "!z:gym.test");
    assert_int_equal(mx_commit(rig->matrix, NULL), 0);
    for (int i = 0; i <= SLOW_ROOMS && !sealed; i++) {
        collect(rig);
        assert_int_equal(rig->port.outbox_each(rig->port.self, 0, look_for_sealed, &sealed, NULL), 0);
    }
    assert_true(sealed);
}

static int note_row(void *arg, const struct matrix_outbox_row *row)
{
    return buf_addf(arg, "%s %d;", row->text, row->state == OUTBOX_SEALED);
}

/* The server shows another identity of hers: what was meant for Anna is not said to it, and nothing about her is. */
static void nothing_goes_to_an_identity_that_changed(void **state)
{
    static const char *const masters[] = {"3p7bfXt9wbTTW2HC7OQ1Nz+DQ8hbeGdNrfx+FG+IK08",
                                          "11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo"};
    struct rig *rig = *state;
    struct buf rows = BUF_INIT(4096);

    enter(rig, "!r:gym.test", true);
    assert_int_equal(mx_begin(rig->matrix, NULL), 0);
    say_unasked(rig, "!r:gym.test");
    assert_int_equal(mx_send_collect(rig->matrix->send, NULL), 0);
    assert_int_equal(mx_commit(rig->matrix, NULL), 0);
    for (size_t i = 0; i < ARRAY_LENGTH(masters); i++) {
        answer_queries(rig, masters[i]);
        if (i == 0)
            assert_int_equal(rig_sync(rig, "{'next_batch':'n','device_lists':{'changed':['" ANNA "']}}"), 0);
    }
    buf_clear(&rig->told);
    collect(rig);
    rig_expect(rig, "identity !r:gym.test " ANNA " -\n");
    assert_int_equal(rig->port.outbox_each(rig->port.self, 0, note_row, &rows, NULL), 0);
    assert_string_equal(buf_text(&rows), "your turn 0;notice 0;");
    buf_release(&rows);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(rooms_that_take_long_keep_none_waiting),
        TEST(nothing_goes_to_an_identity_that_changed),
    };

    return RUN_TESTS(tests);
}
