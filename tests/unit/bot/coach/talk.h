/*
 * A conversation with the coach over a store in memory: what the tests of flows speak through.
 */
#ifndef TESTS_UNIT_BOT_COACH_TALK_H
#define TESTS_UNIT_BOT_COACH_TALK_H

#include "tests/unit/unit.h"

#include <stdio.h>
#include <string.h>

#include "bot/coach/coach.h"
#include "bot/exchange/export.h"
#include "bot/store/store.h"
#include "core/base/mem.h"

/* Monday 2026-01-05 18:00 UTC. */
#define TALK_START INT64_C(1767636000000)
/* What reads logs that are sent as files. */
#ifndef TALK_READ_LOG
#define TALK_READ_LOG NULL
#endif

enum { MINUTE = 60 * 1000, HOUR = 60 * MINUTE, DAY = 24 * HOUR, SAID_MAX = 64, TEXT_MAX = 8192 };

struct said {
    enum outgoing_kind kind, said;
    char answers[64], edits[64], name[64], room[64], text[TEXT_MAX];
    char html[TEXT_MAX];
    size_t logged;
    struct set first; /* of those logged */
    size_t options;
    bool advised;
    struct advice advice;
};

struct talk {
    struct store *store;
    struct coach *coach;
    int64_t now_ms;
    int offset_s; /* of the default zone */
    int messages;
    struct said said[SAID_MAX]; /* since the last message */
    size_t count;
    const char *room; /* NULL: a direct chat */
    bool addressed, summarise;
    bool strangers; /* whoever is new is asked about themselves */
    bool guest, bridged;
    bool polls;            /* the network has them */
    const char *transport; /* NULL: "test" */
    unsigned char random;  /* the last byte that was drawn */
};

static inline int talk_offset(void *arg, const char *zone, int64_t at_ms)
{
    struct talk *talk = arg;

    (void)at_ms;
    return zone == NULL ? talk->offset_s : strcmp(zone, "America/New_York") == 0 ? -5 * 3600 : 3600;
}

static inline void talk_observe(void *arg, const struct coach_told *told)
{
    struct talk *talk = arg;
    struct said *said;

    assert_true(talk->count < SAID_MAX);
    said = &talk->said[talk->count++];
    *said = (struct said){.kind = told->outgoing->kind,
                          .said = told->said,
                          .logged = told->logged_count,
                          .options = told->option_count,
                          .advised = told->advice != NULL};
    snprintf(said->answers, sizeof(said->answers), "%s", told->outgoing->answers ? told->outgoing->answers : "");
    snprintf(said->edits, sizeof(said->edits), "%s", told->outgoing->edits ? told->outgoing->edits : "");
    snprintf(said->name, sizeof(said->name), "%s", told->outgoing->name ? told->outgoing->name : "");
    snprintf(said->room, sizeof(said->room), "%s", told->outgoing->room);
    snprintf(said->text, sizeof(said->text), "%s", told->outgoing->text);
    snprintf(said->html, sizeof(said->html), "%s", told->outgoing->html ? told->outgoing->html : "");
    if (told->logged_count != 0)
        said->first = told->logged[0];
    if (told->advice != NULL)
        said->advice = *told->advice;
}

static inline void talk_random(void *arg, void *bytes, size_t size)
{
    struct talk *talk = arg;

    for (size_t i = 0; i < size; i++)
        ((unsigned char *)bytes)[i] = talk->random++;
}

static inline void talk_digest(struct span text, struct buf *out)
{
    buf_adds(out, "digest of ");
    buf_add_span(out, text);
}

/* POLICY of effort; NULL: the one that is compiled in. */
static inline void talk_open_with(struct talk *talk, const struct policy *policy)
{
    struct coach_options options = {.unit = UNIT_KG,
                                    .language = "en",
                                    .policy = policy,
                                    .offset = talk_offset,
                                    .offset_arg = talk,
                                    .export_set = export_set,
                                    .read_log = TALK_READ_LOG,
                                    .secrets = {talk_random, talk, talk_digest},
                                    .observe = talk_observe,
                                    .observe_arg = talk};
    struct err err;

    *talk = (struct talk){.now_ms = TALK_START};
    talk->store = store_open(NULL, &err);
    assert_non_null(talk->store);
    options.store = store_coach(talk->store);
    talk->coach = coach_new(&options);
}

/* PERSON has been here before, and isn't asked about themselves. */
static inline void talk_know(struct talk *talk, const char *person)
{
    const struct coach_store *store = store_coach(talk->store);
    struct err err = {0};
    int64_t lifter;
    bool is_new;

    assert_int_equal(store_begin(talk->store, &err), 0);
    assert_int_equal(store->lifter_open(store->self, "test", person, TALK_START, &lifter, &is_new, &err), 0);
    assert_int_equal(store->value_put(store->self, lifter, "contact", "begun", &err), 0);
    assert_int_equal(store_commit(talk->store, &err), 0);
}

static inline void talk_open(struct talk *talk)
{
    talk_open_with(talk, NULL);
}

static inline void talk_close(struct talk *talk)
{
    coach_free(talk->coach);
    store_close(talk->store);
}

/* Hands MESSAGE over with what is left out filled in, in a transaction of its own. */
static inline void talk_hand(struct talk *talk, struct message message)
{
    struct err err = {0};

    talk->count = 0;
    message.transport = talk->transport != NULL ? talk->transport : "test";
    message.room = talk->room != NULL ? talk->room : "direct";
    message.direct = talk->room == NULL;
    message.sender = message.sender != NULL ? message.sender : "anna";
    message.sender_name = message.sender;
    message.sent_ms = message.sent_ms != 0 ? message.sent_ms : talk->now_ms;
    message.read_ms = talk->now_ms;
    message.addressed = talk->addressed;
    message.summarise = talk->summarise;
    message.member = !message.direct;
    message.unranked = true;
    message.guest = talk->guest;
    message.bridged = talk->bridged;
    message.polls = talk->polls;
    message.text = message.text != NULL ? message.text : "";
    if (!talk->strangers)
        talk_know(talk, message.sender);
    assert_int_equal(store_begin(talk->store, &err), 0);
    if (coach_handle(talk->coach, &message, &err) != 0)
        fail_msg("%s", err.text);
    assert_int_equal(store_commit(talk->store, &err), 0);
}

/* Something else than an answer: an edit, or who came to a room. */
static inline bool talk_is_aside(const struct said *said)
{
    return said->kind == OUT_EDIT || said->kind == OUT_WELCOME || (said->kind == OUT_REPLY && said->answers[0] == '\0');
}

/* What was answered is put before what else was said, and returned; nothing is answered twice. */
static inline const char *talk_told(struct talk *talk)
{
    size_t answers = 0;

    for (size_t i = 0; i < talk->count; i++) {
        struct said first = talk->said[0];

        if (talk_is_aside(&talk->said[i]))
            continue;
        talk->said[0] = talk->said[i];
        talk->said[i] = first;
        answers++;
    }
    assert_true(answers <= 1);
    return talk->count != 0 ? talk->said[0].text : "";
}

/* Says TEXT a minute later, as message ID (NULL: one of its own); what was answered, "" for silence. */
static inline const char *talk_say_as(struct talk *talk, const char *sender, const char *id, const char *text)
{
    char own[32];

    snprintf(own, sizeof(own), "#%d", talk->messages++);
    talk->now_ms += MINUTE;
    talk_hand(talk,
              (struct message){.kind = MESSAGE_TEXT, .sender = sender, .id = id != NULL ? id : own, .text = text});
    return talk_told(talk);
}

static inline const char *talk_say(struct talk *talk, const char *text)
{
    return talk_say_as(talk, NULL, NULL, text);
}

static inline const char *talk_change(struct talk *talk, enum message_kind kind, const char *target, const char *text)
{
    char own[32];

    snprintf(own, sizeof(own), "#%d", talk->messages++);
    talk->now_ms += MINUTE;
    talk_hand(talk, (struct message){.kind = kind, .id = own, .target = target, .text = text});
    return talk_told(talk);
}

/* When the next job is due; INT64_MAX: none. */
static inline int64_t talk_next_due(struct talk *talk)
{
    struct err err = {0};
    int64_t due_ms;
    int found = coach_next_due(talk->coach, "test", false, &due_ms, &err);

    assert_true(found >= 0);
    return found == 1 ? due_ms : INT64_MAX;
}

/* Does all that is due at NOW_MS, in one transaction. */
static inline void talk_do_due(struct talk *talk, int64_t now_ms)
{
    struct err err = {0};

    talk->now_ms = now_ms;
    talk->count = 0;
    assert_int_equal(store_begin(talk->store, &err), 0);
    do
        assert_int_equal(coach_due(talk->coach, "test", false, now_ms, &err), 0);
    while (talk_next_due(talk) <= now_ms);
    assert_int_equal(store_commit(talk->store, &err), 0);
}

static inline void assert_says(const char *text, const char *what)
{
    if (strstr(text, what) == NULL)
        fail_msg("\"%s\" lacks \"%s\"", text, what);
}

static inline void same_advice(const struct advice *a, const struct advice *b)
{
    assert_int_equal(a->action, b->action);
    assert_true(a->load_kg == b->load_kg);
    assert_int_equal(a->reps, b->reps);
    assert_true(a->rir_min == b->rir_min && a->rir_max == b->rir_max);
    assert_int_equal(a->rest_s, b->rest_s);
    assert_int_equal(a->failure_ok, b->failure_ok);
    assert_int_equal(a->reason_count, b->reason_count);
    for (size_t i = 0; i < a->reason_count; i++)
        assert_string_equal(a->reasons[i].rule, b->reasons[i].rule);
}

#endif
