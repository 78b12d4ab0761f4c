/*
 * The transport over a store in memory, without a server: sync responses go in by hand, what is handed over is
 * recorded.
 */
#ifndef TESTS_UNIT_BOT_MATRIX_RIG_H
#define TESTS_UNIT_BOT_MATRIX_RIG_H

#include "tests/unit/unit.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "bot/matrix/batch.h"
#include "bot/matrix/rooms.h"
#include "bot/store/store.h"
#include "core/base/mem.h"
#include "core/base/vec.h"

#define SELF "@spotter:gym.test"
#define LOGIN_MS INT64_C(1600000000000) /* 2020 */

/* A line for each thing that the handler was told. */
struct rig {
    struct loop *loop;
    struct store *store;
    struct matrix_store port; /* the store's, where `commit` may be made to fail */
    struct e2ee_store keys;   /* the store's too */
    struct matrix *matrix;
    struct buf told;
    int rolled_back;
    bool refuse_commit, refuse_message;
    char *since;
};

static const char *const rig_kinds[] = {
    [MESSAGE_TEXT] = "text",         [MESSAGE_EDIT] = "edit", [MESSAGE_REDACTION] = "redaction",
    [MESSAGE_REACTION] = "reaction", [MESSAGE_JOIN] = "join", [MESSAGE_LEAVE] = "leave",
    [MESSAGE_REMOVED] = "removed",   [MESSAGE_VOTE] = "vote", [MESSAGE_FILE] = "file"};

/* " {fix set:text=80x7}": a command that was filled in. */
static void rig_block(const struct message_block *block, struct buf *told)
{
    static const char *const values[] = {
        [VALUE_TEXT] = "text", [VALUE_NUMBER] = "number", [VALUE_TEXTS] = "texts", [VALUE_OTHER] = "other"};

    buf_addf(told, " {%s", block->command);
    for (size_t i = 0; i < block->count; i++) {
        const struct message_argument *argument = &block->arguments[i];

        buf_addf(told, " %s:%s", argument->key, values[argument->value]);
        for (size_t k = 0; argument->value != VALUE_OTHER && k < argument->count; k++)
            buf_addf(told, "%c%s", k == 0 ? '=' : ',', argument->texts[k]);
    }
    buf_adds(told, "}");
}

static int rig_message(void *arg, const struct message *m, struct err *err)
{
    struct rig *rig = arg;
    struct outgoing reply = {
        .kind = OUT_REPLY, .transport = "matrix", .room = m->room, .answers = m->id, .text = "ok", .at_ms = m->read_ms};

    if (rig->refuse_message)
        return err_set(err, ERR_STORE, "disk full");
    buf_addf(&rig->told, "%s %s %s %s %s%s%s%s%s [%s]", rig_kinds[m->kind], m->room, m->sender, m->id,
             m->target != NULL ? m->target : "-", m->direct ? " direct" : "", m->addressed ? " addressed" : "",
             m->guest ? " guest" : "", m->summarise ? " late" : "", m->text);
    if (m->block != NULL)
        rig_block(m->block, &rig->told);
    buf_adds(&rig->told, "\n");
    return m->kind == MESSAGE_TEXT ? rig->port.say(rig->port.self, &reply, err) : 0;
}

static int rig_batch_end(void *arg, int64_t now_ms, struct err *err)
{
    (void)arg;
    (void)now_ms;
    (void)err;
    return 0;
}

static int rig_welcome(void *arg, const char *room, const char *person, int64_t now_ms, struct err *err)
{
    struct rig *rig = arg;

    (void)now_ms;
    (void)err;
    return buf_addf(&rig->told, "welcome %s %s\n", room, person);
}

static int rig_profile(void *arg, const char *person, const char *timezone, int64_t now_ms, struct err *err)
{
    struct rig *rig = arg;

    (void)now_ms;
    (void)err;
    return buf_addf(&rig->told, "profile %s %s\n", person, timezone != NULL ? timezone : "-");
}

static int rig_people(void *arg, const char *room, int64_t now_ms, struct err *err)
{
    struct rig *rig = arg;

    (void)now_ms;
    (void)err;
    return buf_addf(&rig->told, "people %s\n", room);
}

static int rig_forget(void *arg, const char *person, struct err *err)
{
    struct rig *rig = arg;

    (void)err;
    return buf_addf(&rig->told, "forget %s\n", person);
}

static int rig_notice(void *arg, const struct message *m, enum matrix_notice notice, struct err *err)
{
    struct rig *rig = arg;
    struct outgoing reply = {.kind = OUT_ERROR,
                             .transport = "matrix",
                             .room = m->room,
                             .answers = m->id,
                             .text = "notice",
                             .at_ms = m->read_ms,
                             .open = true};

    buf_addf(&rig->told, "%s %s %s %s\n",
             notice == MATRIX_VERIFICATION  ? "verification"
             : notice == MATRIX_LEFT_BEHIND ? "left-behind"
                                            : "identity",
             m->room, m->sender, m->id != NULL ? m->id : "-");
    return rig->port.say(rig->port.self, &reply, err);
}

static int rig_confirms(void *arg, const struct message *m, struct err *err)
{
    (void)arg;
    (void)err;
    return strcmp(m->text, "confirm") == 0;
}

static int rig_moved(void *arg, const char *from, const char *to, struct err *err)
{
    struct rig *rig = arg;

    (void)err;
    return buf_addf(&rig->told, "moved %s %s\n", from, to);
}

static void rig_rolled_back(void *arg)
{
    struct rig *rig = arg;

    rig->rolled_back++;
}

static void rig_nothing(void *arg)
{
    (void)arg;
}

static void rig_failed(void *arg, const struct err *err)
{
    (void)arg;
    fail_msg("the transport ended: %s", err->text);
}

static struct rig *rig_of_port; /* the port's functions are given the store alone */

static int rig_commit(void *self, struct err *err)
{
    struct rig *rig = rig_of_port;

    if (rig->refuse_commit)
        return err_set(err, ERR_STORE, "disk full");
    return store_matrix(rig->store)->commit(self, err);
}

static int rig_setup(void **state)
{
    static const char *const allow[] = {"@*:gym.test", NULL};
    static const char *const ghosts[] = {"@irc_*:gym.test", NULL};
    static const char *const bridged[] = {"!bridged:gym.test", NULL};
    static const unsigned char key[32] = {7};
    struct rig *rig = mem_zero(1, sizeof(*rig));
    struct err err = {0};
    struct matrix_options options = {
        .handler = {rig, rig_message, rig_batch_end, rig_welcome, rig_rolled_back, rig_nothing, rig_failed, rig_profile,
                    rig_people, rig_forget, rig_notice, rig_confirms, rig_moved},
        .pickle_key = key,
        .homeserver = "http://127.0.0.1:1",
        .user = SELF,
        .password = "unused",
        .allow = allow,
        .ghosts = ghosts,
        .bridged = bridged,
    };
    struct e2ee_options keys = {.user_id = SELF, .device_id = "DEV", .pickle_key = key};

    buf_init(&rig->told, 1 << 20);
    rig_of_port = rig;
    rig->loop = loop_new();
    rig->store = store_open(NULL, &err);
    assert_non_null(rig->store);
    rig->port = *store_matrix(rig->store);
    rig->port.commit = rig_commit;
    options.loop = rig->loop;
    options.store = &rig->port;
    rig->keys = *store_e2ee(rig->store);
    options.e2ee_store = keys.store = &rig->keys;
    rig->matrix = matrix_new(&options, &err);
    assert_non_null(rig->matrix);
    rig->matrix->device_id = mem_strdup("DEV");
    rig->matrix->login_ms = LOGIN_MS;
    assert_int_equal(mx_begin(rig->matrix, &err), 0);
    rig->matrix->e2ee = e2ee_new(&keys, loop_now_ms(), &err);
    assert_non_null(rig->matrix->e2ee);
    assert_int_equal(mx_rooms_load(rig->matrix->rooms, &err), 0);
    assert_int_equal(mx_commit(rig->matrix, &err), 0);
    *state = rig;
    return 0;
}

static int rig_teardown(void **state)
{
    struct rig *rig = *state;

    matrix_free(rig->matrix);
    store_close(rig->store);
    loop_free(rig->loop);
    buf_release(&rig->told);
    free(rig->since);
    free(rig);
    return 0;
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, rig_setup, rig_teardown)

/* The store knows of that event, which is new to it. */
static inline void rig_knows(struct rig *rig, const struct matrix_event_row *event)
{
    struct err err = {0};

    assert_int_equal(mx_begin(rig->matrix, &err), 0);
    assert_int_equal(rig->port.event_new(rig->port.self, event, &err), 1);
    assert_int_equal(mx_commit(rig->matrix, &err), 0);
}

/* A text in JSON where ' stands for ": the caller's. */
static inline struct json *rig_json(const char *text)
{
    char *copy = mem_strdup(text);
    struct err err = {0};
    struct json *json;

    for (char *at = copy; *at != '\0'; at++)
        if (*at == '\'')
            *at = '"';
    json = json_parse(span_of(copy), &err);
    if (json == NULL)
        fail_msg("%s: %s", copy, err.text);
    free(copy);
    return json;
}

/* Handles a sync response; returns what mx_batch_run() does. */
static inline int rig_sync(struct rig *rig, const char *text)
{
    struct err err = {0};
    struct json *json = rig_json(text);
    struct mx_batch batch = {.since = rig->since, .sync = json};
    int result;

    result = mx_batch_run(rig->matrix, &batch, &err);
    if (result == 0) {
        free(rig->since);
        rig->since = mem_strdup("s");
    }
    json_free(json);
    return result;
}

/* What was told since the last time. */
static inline void rig_expect(struct rig *rig, const char *told)
{
    assert_string_equal(buf_text(&rig->told), told);
    buf_clear(&rig->told);
}

/* We are in ROOM, and so is PERSON. */
static inline void rig_meet(struct rig *rig, const char *room, const char *person)
{
    struct buf sync = BUF_INIT(4096);

    buf_addf(&sync,
             "{'next_batch':'n','rooms':{'join':{'%s':{'state':{'events':[{'type':'m.room.member','state_key':'%s',"
             "'event_id':'$m','sender':'%s','content':{'membership':'join'}}]},'timeline':{'events':[]}}}}}",
             room, person, person);
    assert_int_equal(rig_sync(rig, buf_text(&sync)), 0);
    rig_expect(rig, "");
    buf_release(&sync);
}

#endif
