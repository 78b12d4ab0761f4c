/*
 * Any bytes as a sync response, handled as a batch of an account in a plain and in an encrypted room. The commit is
 * refused, so that each input meets the same store, and what was handled must leave no trace.
 */
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include "bot/log/log.h"
#include "bot/matrix/batch.h"
#include "bot/matrix/rooms.h"
#include "bot/store/store.h"
#include "core/base/mem.h"

#define SELF "@spotter:gym.test"
#define MEMBER(user)                                                                                                   \
    "{\"type\":\"m.room.member\",\"state_key\":\"" user "\",\"sender\":\"" user "\",\"event_id\":\"$m" user            \
    "\",\"content\":{\"membership\":\"join\"}}"
#define ENCRYPTION                                                                                                     \
    "{\"type\":\"m.room.encryption\",\"state_key\":\"\",\"sender\":\"@a:gym.test\",\"event_id\":\"$enc\",\"content\":" \
    "{\"algorithm\":\"m.megolm.v1.aes-sha2\"}}"
#define ROOM(id, more)                                                                                                 \
    "\"" id "\":{\"state\":{\"events\":[" MEMBER(SELF) "," MEMBER("@a:gym.test") more "]},\"timeline\":{\"events\":[]" \
                                                                                      "}}"

static struct matrix_store port;
static const struct matrix_store *real;
static struct matrix *matrix;

static int refuse(void *self, struct err *err)
{
    (void)self;
    return err_set(err, ERR_STORE, "refused");
}

static int say_back(void *arg, const struct message *message, struct err *err)
{
    struct outgoing reply = {.kind = message->kind == MESSAGE_EDIT ? OUT_EDIT : OUT_REPLY,
                             .transport = "matrix",
                             .room = message->room,
                             .answers = message->id,
                             .edits = message->target,
                             .text = message->text,
                             .at_ms = message->read_ms};

    (void)arg;
    if (message->text == NULL || message->sender_name == NULL || message->sent_ms > message->read_ms)
        abort();
    return port.say(port.self, &reply, err);
}

static int nothing_more(void *arg, int64_t now_ms, struct err *err)
{
    (void)arg;
    (void)now_ms;
    (void)err;
    return 0;
}

static int welcome(void *arg, const char *room, const char *person, int64_t now_ms, struct err *err)
{
    (void)room;
    (void)person;
    return nothing_more(arg, now_ms, err);
}

static void nothing(void *arg)
{
    (void)arg;
}

static int no_profile(void *arg, const char *person, const char *timezone, int64_t now_ms, struct err *err)
{
    (void)arg, (void)person, (void)timezone, (void)now_ms, (void)err;
    return 0;
}

static int all_known(void *arg, const char *room, int64_t now_ms, struct err *err)
{
    (void)room;
    return nothing_more(arg, now_ms, err);
}

static int gone(void *arg, const char *person, struct err *err)
{
    (void)person;
    return nothing_more(arg, 0, err);
}

static int notice(void *arg, const struct message *message, enum matrix_notice what, struct err *err)
{
    (void)message, (void)what;
    return nothing_more(arg, 0, err);
}

static int confirms(void *arg, const struct message *message, struct err *err)
{
    (void)message;
    (void)arg, (void)err;
    return 0;
}

static int moved(void *arg, const char *from, const char *to, struct err *err)
{
    (void)arg;
    (void)from;
    (void)to;
    (void)err;
    return 0;
}

static void failed(void *arg, const struct err *err)
{
    (void)arg;
    (void)err;
    abort();
}

static void require(int result)
{
    if (result != 0)
        abort();
}

static int run(const char *bytes, size_t size, const char *since)
{
    struct json *json = json_parse((struct span){bytes, size}, NULL);
    struct mx_batch batch = {.sync = json, .since = since};
    struct err err;
    int result = json != NULL && json_get_text(json, "next_batch") != NULL ? mx_batch_run(matrix, &batch, &err) : 0;

    json_free(json);
    return result;
}

static void open_account(void)
{
    static const char *const allow[] = {"@*:gym.test", NULL};
    static const unsigned char key[32] = {7};
    static const char first[] =
        "{\"next_batch\":\"n\",\"rooms\":{\"join\":{" ROOM("!r:gym.test", "") "," ROOM("!e", "," ENCRYPTION) "}}}";
    struct store *store = store_open(NULL, NULL);
    struct matrix_options options = {
        .loop = loop_new(),
        .store = &port,
        .handler = {NULL, say_back, nothing_more, welcome, nothing, nothing, failed, no_profile, all_known, gone,
                    notice, confirms, moved},
        .pickle_key = key,
        .homeserver = "http://127.0.0.1:1",
        .user = SELF,
        .password = "unused",
        .allow = allow,
    };
    struct e2ee_options keys = {.user_id = SELF, .device_id = "DEV", .pickle_key = key};

    log_set_level(LOG_LEVEL_ERROR);
    real = store_matrix(store);
    port = *real;
    options.e2ee_store = keys.store = store_e2ee(store);
    matrix = matrix_new(&options, NULL);
    matrix->device_id = mem_strdup("DEV");
    require(mx_begin(matrix, NULL));
    matrix->e2ee = e2ee_new(&keys, loop_now_ms(), NULL);
    require(mx_rooms_load(matrix->rooms, NULL));
    require(mx_commit(matrix, NULL));
    require(run(first, sizeof(first) - 1, "s"));
    port.commit = refuse;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (matrix == NULL)
        open_account();
    (void)run((const char *)data, size, size % 2 != 0 ? "s" : NULL);
    return 0;
}
