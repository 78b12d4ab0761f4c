/*
 * Tells clients which commands there are.
 */
#include "bot/matrix/describe.h"

#include <stdlib.h>
#include <string.h>

#include "bot/crypto/crypto.h"
#include "bot/json/writer.h"
#include "bot/log/log.h"
#include "bot/matrix/content.h"
#include "bot/matrix/power.h"
#include "bot/matrix/rooms.h"
#include "bot/matrix/send.h"
#include "bot/matrix/sync.h"
#include "core/base/mem.h"

/* As often as Synapse's default refills what an account may send at once, so that replies find all of that. */
enum { GAP_MS = 5000, CONTENT_MAX = 4096, KEY_MAX = 64, NAME_MAX_BYTES = MX_ID_MAX + 16 };

#define TOLD_VALUE "described:" /* and the room's id: what was told there, as a digest */

struct mx_describe {
    struct matrix *matrix;
    struct buf digest; /* of all that is to be told */
    char *room_id;     /* where it is being told; NULL */
    size_t next;       /* of the offers */
    struct buf content;
    struct mx_call *call;
    struct loop_timer *timer;
    bool waits; /* for it */
};

/* ---------------------------------------------------------------- what is told */

static void write_said(struct json_writer *writer, struct span text)
{
    json_write_key(writer, "description");
    json_write_begin(writer, '{');
    mx_content_write_text(writer, text);
    json_write_end(writer);
}

static void write_primitive(struct json_writer *writer, const char *type)
{
    json_write_begin(writer, '{');
    json_write_key(writer, "schema_type");
    json_write_word(writer, "primitive");
    json_write_key(writer, "type");
    json_write_word(writer, type);
    json_write_end(writer);
}

/* The proposal wants `literal_type` since 2026-01; mautrix-go knows it not, and doesn't mind. */
static void write_choices(struct json_writer *writer, struct span choices)
{
    json_write_begin(writer, '{');
    json_write_key(writer, "schema_type");
    json_write_word(writer, "union");
    json_write_key(writer, "variants");
    json_write_begin(writer, '[');
    while (choices.length != 0) {
        json_write_begin(writer, '{');
        json_write_key(writer, "schema_type");
        json_write_word(writer, "literal");
        json_write_key(writer, "literal_type");
        json_write_word(writer, "string");
        json_write_key(writer, "value");
        json_write_span(writer, span_take(&choices, '|'));
        json_write_end(writer);
    }
    json_write_end(writer);
    json_write_end(writer);
}

static void write_people(struct json_writer *writer)
{
    json_write_begin(writer, '{');
    json_write_key(writer, "schema_type");
    json_write_word(writer, "array");
    json_write_key(writer, "items");
    write_primitive(writer, "user_id");
    json_write_end(writer);
}

static void write_schema(struct json_writer *writer, const struct parameter *parameter)
{
    static const char *const types[] = {
        [PARAMETER_TEXT] = "string", [PARAMETER_NUMBER] = "integer", [PARAMETER_PERSON] = "user_id"};

    json_write_key(writer, "schema");
    if (parameter->kind == PARAMETER_CHOICE)
        write_choices(writer, parameter->choices);
    else if (parameter->kind == PARAMETER_PEOPLE)
        write_people(writer);
    else
        write_primitive(writer, types[parameter->kind]);
}

static void write_parameter(struct json_writer *writer, const struct parameter *parameter)
{
    json_write_begin(writer, '{');
    json_write_key(writer, "key");
    json_write_text(writer, parameter->key);
    write_schema(writer, parameter);
    write_said(writer, parameter->shown);
    if (parameter->optional) {
        json_write_key(writer, "optional");
        json_write_bool(writer, true);
    }
    json_write_end(writer);
}

/* mautrix-go, and gomuks with it, takes one word for each parameter, and for those that are optional none that isn't
 * named: "/fix 80x7 @1" would lose its end. What is called so gets the rest of the line. */
static void write_tail(struct json_writer *writer, const struct offer *offer)
{
    if (offer->count == 0 || offer->parameters[offer->count - 1].kind == PARAMETER_PEOPLE)
        return;
    json_write_key(writer, "fi.mau.tail_parameter");
    json_write_text(writer, offer->parameters[offer->count - 1].key);
}

void mx_describe_content(const struct offer *offer, struct buf *content)
{
    struct json_writer writer;

    json_write_init(&writer, content);
    json_write_begin(&writer, '{');
    json_write_key(&writer, "command");
    json_write_text(&writer, offer->command);
    write_said(&writer, span_of(offer->help));
    json_write_key(&writer, "parameters");
    json_write_begin(&writer, '[');
    for (size_t i = 0; i < offer->count; i++)
        write_parameter(&writer, &offer->parameters[i]);
    json_write_end(&writer);
    write_tail(&writer, offer);
    json_write_end(&writer);
}

/* Padded base64, which 32 bytes end in one sign of. */
void mx_describe_key(const struct offer *offer, const char *user_id, struct buf *key)
{
    struct buf both = BUF_INIT(CONTENT_MAX);
    unsigned char digest[CRYPTO_SHA256];

    buf_adds(&both, offer->command);
    buf_adds(&both, user_id);
    crypto_sha256(buf_span(&both), digest);
    crypto_base64((struct span){(const char *)digest, sizeof(digest)}, key);
    buf_addc(key, '=');
    buf_release(&both);
}

/* ---------------------------------------------------------------- where */

static void go_on(void *arg)
{
    struct mx_describe *describe = arg;

    describe->waits = false;
    mx_describe_run(describe);
}

struct mx_describe *mx_describe_new(struct matrix *matrix)
{
    struct mx_describe *describe = mem_zero(1, sizeof(*describe));

    describe->matrix = matrix;
    buf_init(&describe->digest, KEY_MAX);
    buf_init(&describe->content, CONTENT_MAX);
    describe->timer = loop_timer_new(matrix->options.loop, go_on, describe);
    return describe;
}

void mx_describe_free(struct mx_describe *describe)
{
    if (describe == NULL)
        return;
    mx_api_cancel(describe->call);
    loop_timer_free(describe->timer);
    buf_release(&describe->digest);
    buf_release(&describe->content);
    free(describe->room_id);
    free(describe);
}

static void make_digest(struct mx_describe *describe)
{
    const struct matrix_options *options = &describe->matrix->options;
    struct buf all = BUF_INIT((options->offer_count + 1) * CONTENT_MAX);
    unsigned char digest[CRYPTO_SHA256];

    for (size_t i = 0; i < options->offer_count; i++)
        mx_describe_content(&options->offers[i], &all);
    buf_adds(&all, describe->matrix->user_id);
    crypto_sha256(buf_span(&all), digest);
    crypto_base64((struct span){(const char *)digest, sizeof(digest)}, &describe->digest);
    buf_release(&all);
}

static void value_name(const char *room_id, struct buf *name)
{
    buf_adds(name, TOLD_VALUE);
    buf_adds(name, room_id);
}

/* Whether ROOM has yet to be told: 1, 0, -1. */
static int is_due(struct mx_describe *describe, struct mx_room *room)
{
    struct matrix *matrix = describe->matrix;
    struct buf name = BUF_INIT(NAME_MAX_BYTES);
    char *told = NULL;
    int due = mx_room_may(matrix, room, matrix->user_id, mx_power_to_describe, NULL);

    value_name(room->id, &name);
    if (due == 1 && mx_value(matrix, buf_text(&name), &told, NULL) < 0)
        due = -1;
    if (due == 1)
        due = told == NULL || strcmp(told, buf_text(&describe->digest)) != 0;
    free(told);
    buf_release(&name);
    return due;
}

static bool find_room(struct mx_describe *describe)
{
    struct mx_room *room;
    size_t cursor = 0;

    while (mx_rooms_next(describe->matrix->rooms, &cursor, &room)) {
        if (!room->joined || room->described)
            continue;
        room->described = true;
        if (is_due(describe, room) != 1)
            continue;
        describe->room_id = mem_strdup(room->id);
        describe->next = 0;
        return true;
    }
    return false;
}

static void leave_room(struct mx_describe *describe)
{
    free(describe->room_id);
    describe->room_id = NULL;
}

static void finish_room(struct mx_describe *describe)
{
    struct buf name = BUF_INIT(NAME_MAX_BYTES);
    struct err err = {0};

    log_info("commands-described", LOG_STR("room", describe->room_id));
    value_name(describe->room_id, &name);
    if (mx_value_keep(describe->matrix, buf_text(&name), buf_text(&describe->digest), &err) != 0)
        log_error("store", LOG_STR("reason", err.text));
    buf_release(&name);
    leave_room(describe);
}

/* ---------------------------------------------------------------- one after the other */

static void take_next(struct mx_describe *describe, bool told)
{
    describe->next++;
    describe->waits = told;
    if (told)
        loop_timer_set(describe->timer, GAP_MS);
    else
        mx_describe_run(describe);
}

/* The power may have been taken from us; nothing of that is anybody's trouble. */
static void give_up(struct mx_describe *describe, const struct mx_answer *answer)
{
    log_info("commands-undescribed", LOG_STR("room", describe->room_id), LOG_INT("status", answer->status));
    leave_room(describe);
}

static void told(void *arg, const struct mx_answer *answer)
{
    struct mx_describe *describe = arg;

    describe->call = NULL;
    if (describe->matrix->failed)
        return;
    if (answer->status != 200)
        give_up(describe, answer);
    else
        take_next(describe, true);
}

static void start(struct mx_describe *describe, const char *method, struct span body,
                  void (*done)(void *arg, const struct mx_answer *answer))
{
    struct matrix *matrix = describe->matrix;
    struct buf key = BUF_INIT(KEY_MAX), path = BUF_INIT(MX_PATH_MAX);
    struct mx_request request = {.method = method, .body = body, .retry = MX_RETRY, .done = done, .arg = describe};

    mx_describe_key(&matrix->options.offers[describe->next], matrix->user_id, &key);
    mx_path(&path, "/_matrix/client/v3/rooms/{}/state/" MX_DESCRIPTION "/{}", describe->room_id, buf_text(&key));
    request.path = buf_text(&path);
    describe->call = mx_api_start(matrix->api, &request);
    buf_release(&key);
    buf_release(&path);
}

static bool is_same(struct mx_describe *describe, const struct json *there)
{
    struct buf ours = BUF_INIT(CONTENT_MAX), theirs = BUF_INIT(MX_EVENT_MAX);
    struct json *content = json_parse(buf_span(&describe->content), NULL);
    bool same = json_canonical(content, NULL, &ours, NULL) == 0 && json_canonical(there, NULL, &theirs, NULL) == 0 &&
                strcmp(buf_text(&ours), buf_text(&theirs)) == 0;

    json_free(content);
    buf_release(&ours);
    buf_release(&theirs);
    return same;
}

static void asked(void *arg, const struct mx_answer *answer)
{
    struct mx_describe *describe = arg;

    describe->call = NULL;
    if (describe->matrix->failed)
        return;
    if (answer->status == 200 && is_same(describe, answer->json))
        take_next(describe, false);
    else if (answer->status == 200 || answer->status == 404)
        start(describe, "PUT", buf_span(&describe->content), told);
    else
        give_up(describe, answer);
}

static void ask(struct mx_describe *describe)
{
    buf_clear(&describe->content);
    mx_describe_content(&describe->matrix->options.offers[describe->next], &describe->content);
    start(describe, "GET", (struct span){NULL, 0}, asked);
}

void mx_describe_run(struct mx_describe *describe)
{
    struct matrix *matrix = describe->matrix;

    if (describe->call != NULL || describe->waits || matrix->options.offer_count == 0 || matrix->stale ||
        !mx_sync_is_ready(matrix->sync) || mx_send_is_busy(matrix->send))
        return;
    if (describe->digest.length == 0)
        make_digest(describe);
    if (describe->room_id != NULL && describe->next == matrix->options.offer_count)
        finish_room(describe);
    if (describe->room_id != NULL || find_room(describe))
        ask(describe);
}
