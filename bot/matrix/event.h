/*
 * A raw event of a room becomes a value: envelope, relation, message. Pure: no store, no clock. Everything is checked
 * by type and length, and lent by the event's JSON.
 */
#ifndef BOT_MATRIX_EVENT_H
#define BOT_MATRIX_EVENT_H

#include <stdbool.h>
#include <stdint.h>

#include "bot/json/json.h"
#include "bot/message.h"
#include "core/base/buf.h"
#include "core/base/err.h"

enum {
    MX_EVENT_MAX = 256 * 1024,  /* bytes of one event as the server prints it; the specification caps PDUs at 64 KiB */
    MX_LATE_MS = 10 * 60 * 1000 /* older than this when read: summed up */
};

enum mx_relation_kind { MX_RELATES_NOT, MX_REPLACES, MX_ANNOTATES, MX_IN_THREAD, MX_REFERS };
struct mx_relation {
    enum mx_relation_kind kind;
    const char *target;   /* of the replacement, annotation or reference, or the thread's root; NULL */
    const char *key;      /* of an annotation; NULL */
    const char *reply_to; /* a real reply, not a thread's fallback; NULL */
};

struct mx_event {
    const struct json *json;
    const struct json *content; /* never NULL */
    const char *id;
    const char *type;
    const char *sender;
    const char *state_key; /* NULL: no state event */
    int64_t sent_ms;       /* never in the future */
    struct mx_relation relation;
};

/* 0, or -1 with the reason: the event costs itself alone. */
int mx_event_read(const struct json *json, int64_t now_ms, struct mx_event *event, struct err *err);
void mx_event_relation(const struct json *content, struct mx_relation *relation);

/* Whether TEXT can be a user id ("@…:…", at most 255 bytes, nothing that breaks a line). */
bool mx_event_is_user(const char *text);

/*
 * What the event says to us: kind, id, sender, target, text, reply and thread of MESSAGE, which starts zeroed. TYPE and
 * CONTENT are the decrypted ones where it was encrypted. False: nothing for us (a notice, a sticker, an unknown type).
 */
bool mx_event_message(const struct mx_event *event, const char *type, const struct json *content,
                      struct message *message);

/* Whether an event of TYPE answers a poll (MSC3381). */
bool mx_event_is_vote(const char *type);

/* How the bot is called in a room. */
struct mx_names {
    const char *user_id;      /* "@spotter:example.org" */
    const char *display_name; /* NULL: none */
};

/*
 * Whether CONTENT's text speaks to the bot: by m.mentions, by "spotter: …" or by "!…". The text without that prefix is
 * written to TEXT (also when it does not speak to the bot: the whole text).
 */
bool mx_event_addressed(const struct json *content, const char *body, const struct mx_names *names, struct buf *text);

/* Calls EACH for the users whom CONTENT mentions, a few at most. */
void mx_event_mentions(const struct json *content, void (*each)(void *arg, const char *user_id), void *arg);
/* TEXT calls USER_ID by their NAME, as clients do where somebody is picked from a list: the id takes its place, the
 * first time that it stands there as a word. */
void mx_event_spell_out(struct buf *text, const char *name, const char *user_id);

#endif
