/*
 * Any bytes as a sequence of messages of two people in a direct chat and in a room, handled by the coach over a store
 * in memory. A message is two bytes (what it is; minutes since the last one) and text up to a 0x1E. Everything happens
 * in one transaction that is rolled back, so that each input meets the same empty store.
 */
#include <math.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "bot/chat/texts.h"
#include "bot/coach/coach.h"
#include "bot/exchange/export.h"
#include "bot/log/log.h"
#include "bot/store/store.h"
#include "core/text/fold.h"

#define START_MS INT64_C(1767636000000) /* Monday 2026-01-05 18:00 UTC */
enum {
    MESSAGES_MAX = 48,
    TEXT_SIZE = 4200,
    MINUTE_MS = 60 * 1000,
    DAY_MINUTES = 24 * 60,
    SECOND_PERSON = 1 << 2,
    IN_ROOM = 1 << 3,
    TARGET_SHIFT = 4,
    LATE = 1 << 6,
    TWICE = 1 << 7
};

static struct store *store;
static struct coach *coach;
static struct coach_store port;
static const struct coach_store *real;

static struct {
    const struct message *handled; /* NULL: the batch is finished */
    int said, said_anew, asked;    /* anew: not in place of an earlier answer; asked: what answers nothing */
    bool nothing_to_undo;
    bool valid; /* whatever was said so far is UTF-8: so is what is answered */
} now;

static void require(bool holds)
{
    if (!holds)
        abort();
}

static int say(void *self, const struct outgoing *outgoing, struct err *err)
{
    struct span text = {outgoing->text, strlen(outgoing->text)};

    now.said++;
    now.said_anew += outgoing->edits == NULL && outgoing->name == NULL;
    now.asked += outgoing->name != NULL;
    now.nothing_to_undo = strcmp(outgoing->text, texts_get(texts_for("en"), TEXT_NOTHING_TO_UNDO)) == 0 ||
                          strcmp(outgoing->text, texts_get(texts_for("de"), TEXT_NOTHING_TO_UNDO)) == 0;
    require(text.length != 0 && (!now.valid || text_valid_utf8(text)));
    for (size_t i = 0; i < text.length; i++)
        require((unsigned char)text.at[i] >= ' ' || text.at[i] == '\n');
    /* What is edited may be elsewhere. */
    if (now.handled != NULL && outgoing->edits == NULL)
        require(strcmp(outgoing->room, now.handled->room) == 0);
    if (now.handled != NULL && outgoing->name != NULL)
        require(outgoing->kind == OUT_QUESTION && outgoing->answers == NULL && now.handled->direct);
    else if (now.handled != NULL && now.handled->kind == MESSAGE_TEXT && outgoing->edits == NULL)
        require(outgoing->answers != NULL && strcmp(outgoing->answers, now.handled->id) == 0);
    return real->say(self, outgoing, err);
}

static int offset(void *arg, const char *zone, int64_t at_ms)
{
    (void)arg, (void)at_ms;
    return zone == NULL ? 3600 : -5 * 3600;
}

/* Guessed at once: codes are found. */
static void no_random(void *arg, void *bytes, size_t size)
{
    (void)arg;
    memset(bytes, 0, size);
}

static void no_digest(struct span text, struct buf *out)
{
    buf_add_span(out, text);
}

static void open_coach(void)
{
    struct coach_options options = {.unit = UNIT_KG,
                                    .language = "en",
                                    .offset = offset,
                                    .export_set = export_set,
                                    .secrets = {no_random, NULL, no_digest}};

    log_set_level(LOG_LEVEL_ERROR);
    store = store_open(NULL, NULL);
    require(store != NULL);
    real = store_coach(store);
    port = *real;
    port.say = say;
    options.store = &port;
    coach = coach_new(&options);
}

/* How much is said while MESSAGE is handled, edits too. */
static int handle(const struct message *message)
{
    struct err err;

    now.handled = message;
    now.said = now.said_anew = now.asked = 0;
    require(coach_handle(coach, message, &err) == 0);
    return now.said;
}

static void check(const struct message *message, bool twice)
{
    handle(message);
    /* What leaned on a set that was changed follows, and the answers to it are edited. */
    require(now.said_anew <= 1 && now.asked <= now.said_anew);
    if (message->kind == MESSAGE_TEXT && message->direct && !message->summarise)
        require(now.said_anew == 1);
    if (message->kind == MESSAGE_TEXT && twice)
        require(handle(message) == 0);
}

/* The clock goes on: what becomes due is done, each at its moment. */
static void pass_time(int64_t now_ms)
{
    struct err err;
    int64_t due_ms;
    int found;

    now.handled = NULL;
    while ((found = coach_next_due(coach, "test", false, &due_ms, &err)) == 1 && due_ms <= now_ms) {
        now.said = 0;
        require(coach_due(coach, "test", false, due_ms, &err) == 0);
    }
    require(found >= 0);
}

/* ---------------------------------------------------------------- what must hold of the store */

static int check_set(void *arg, const struct coach_set_row *row)
{
    const struct set *set = &row->set;

    ++*(int *)arg;
    require(set->exercise[0] != '\0');
    require(set->reps == REPS_UNKNOWN || (set->reps >= 0 && set->reps <= 100));
    require(isnan(set->load_kg) || (set->load_kg >= 0.0 && set->load_kg <= 1500.0));
    require(isnan(set->rir) || (set->rir >= 0.0 && set->rir <= 10.0));
    return 0;
}

static int live_sets(const char *person)
{
    struct err err;
    int64_t lifter;
    bool is_new;
    int count = 0;

    require(port.lifter_open(port.self, "test", person, START_MS, &lifter, &is_new, &err) == 0);
    require(port.sets_live(port.self, lifter, 0, INT64_MAX, check_set, &count, &err) == 0);
    return count;
}

/* Whoever takes back every step has no sets left. */
static void undo_all(const char *person, int64_t at_ms)
{
    char id[32];
    struct message message = {.kind = MESSAGE_TEXT,
                              .transport = "test",
                              .room = "direct",
                              .direct = true,
                              .sender = person,
                              .sender_name = person,
                              .id = id,
                              .sent_ms = at_ms,
                              .read_ms = at_ms,
                              .text = "undo"};

    live_sets(person);
    now.nothing_to_undo = false;
    for (int i = 0; !now.nothing_to_undo; i++) {
        require(i <= 4 * MESSAGES_MAX);
        snprintf(id, sizeof(id), "u%s%d", person, i);
        handle(&message);
        require(now.said_anew == 1);
    }
    require(live_sets(person) == 0);
}

/* ---------------------------------------------------------------- playing */

static void play(const uint8_t *data, size_t size)
{
    static const enum message_kind kinds[] = {MESSAGE_TEXT, MESSAGE_EDIT, MESSAGE_REDACTION, MESSAGE_REACTION};
    static char text[TEXT_SIZE];
    int64_t at_ms = START_MS;
    struct err err;

    for (int count = 0; size >= 2 && count < MESSAGES_MAX; count++) {
        uint8_t what = data[0], minutes = data[1];
        const uint8_t *end = memchr(data + 2, 0x1E, size - 2);
        size_t length = end != NULL ? (size_t)(end - data) - 2 : size - 2;
        int target = count - 1 - (what >> TARGET_SHIFT & 3);
        char id[16], target_id[16];
        struct message message = {.kind = kinds[what & 3],
                                  .transport = "test",
                                  .room = (what & IN_ROOM) != 0 ? "gym" : "direct",
                                  .direct = (what & IN_ROOM) == 0,
                                  .sender = (what & SECOND_PERSON) != 0 ? "ben" : "anna",
                                  .id = id,
                                  .summarise = (what & LATE) != 0,
                                  .text = text};

        at_ms += (int64_t)(minutes < 250 ? minutes : DAY_MINUTES * (minutes - 249)) * MINUTE_MS;
        message.sent_ms = at_ms;
        message.read_ms = message.summarise ? at_ms + 60 * MINUTE_MS : at_ms;
        message.sender_name = message.sender;
        snprintf(id, sizeof(id), "m%d", count);
        snprintf(target_id, sizeof(target_id), "m%d", target);
        message.target = message.kind != MESSAGE_TEXT ? target_id : NULL;
        message.addressed = message.kind == MESSAGE_REACTION; /* on what answers its target */
        length = length < sizeof(text) ? length : sizeof(text) - 1;
        memcpy(text, data + 2, length);
        text[length] = '\0';
        pass_time(at_ms);
        now.valid = now.valid && text_valid_utf8((struct span){text, strlen(text)});
        check(&message, (what & TWICE) != 0);
        if (end == NULL)
            break;
        size -= (size_t)(end + 1 - data);
        data = end + 1;
    }
    now.handled = NULL;
    require(coach_finish_batch(coach, at_ms, &err) == 0);
    undo_all("anna", at_ms);
    undo_all("ben", at_ms);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct err err;

    if (coach == NULL)
        open_coach();
    require(store_begin(store, &err) == 0);
    now.valid = true;
    play(data, size);
    store_rollback(store);
    coach_forget(coach);
    return 0;
}
