/*
 * What was said in a room: whether it may be taken for what it says, and by whom it is heard.
 */
#include "bot/matrix/said.h"

#include <stdlib.h>
#include <string.h>

#include "bot/log/log.h"
#include "bot/matrix/allow.h"
#include "bot/matrix/block.h"
#include "bot/matrix/download.h"
#include "bot/matrix/early.h"
#include "bot/matrix/power.h"
#include "bot/matrix/profile.h"
#include "bot/matrix/verify.h"

enum { TEXT_MAX = 65536, REFUSALS_MAX = 5 /* notices about messages that are not read, in one batch */ };

#define PLAIN_REFUSAL                                                                                                  \
    "This room is encrypted, but that message was not, so I did not read it. Please send it from a client that "       \
    "encrypts."

/* ---------------------------------------------------------------- the message as such */

struct original {
    bool same_room, same_sender, encrypted, edit;
    const char *room, *sender;
};

static int take_original(void *arg, const struct matrix_event_row *row)
{
    struct original *original = arg;

    original->same_room = strcmp(row->room_id, original->room) == 0;
    original->same_sender = strcmp(row->sender, original->sender) == 0;
    original->encrypted = row->encrypted;
    original->edit = row->edit;
    return 0;
}

/*
 * 1 when the edit may stand (Client-Server API, "Validity of replacement events"): the original is known, in the same
 * room, by the same sender, no edit itself, and an encrypted one is only edited by an encrypted one (CVE-2026-45057).
 */
static int edit_is_valid(struct mx_work *work, const struct mx_room *room, const struct mx_event *event, bool encrypted)
{
    const struct matrix_store *store = work->matrix->store;
    struct original original = {.room = room->id, .sender = event->sender};
    int found = store->event_find(store->self, event->relation.target, take_original, &original, work->err);

    if (found != 1)
        return found;
    return original.same_room && original.same_sender && !original.edit && (encrypted || !original.encrypted);
}

/* Whether what is answered, or reacted to, is one of ours. */
static int answers_us(struct mx_work *work, const struct mx_room *room, const char *event_id, bool *ours)
{
    const struct matrix_store *store = work->matrix->store;
    struct original original = {.room = room->id, .sender = work->matrix->user_id};
    int found = event_id != NULL ? store->event_find(store->self, event_id, take_original, &original, work->err) : 0;

    *ours = found == 1 && original.same_room && original.same_sender;
    return found < 0 ? -1 : 0;
}

/* Of a bridged room's ghosts their own side has it from themselves. */
static bool is_heard_elsewhere(const struct matrix_options *options, const struct mx_room *room,
                               struct message *message)
{
    message->guest = mx_allowed(options->ghosts, message->sender);
    message->bridged = mx_allowed(options->bridged, room->id);
    return message->guest && message->bridged;
}

struct spelling {
    const struct matrix *matrix;
    const struct mx_room *room;
    struct buf *text;
};

/* Whoever is mentioned is meant, whatever they are called today. */
static void spell_out(void *arg, const char *user_id)
{
    const struct spelling *spelling = arg;
    const struct mx_member *member = mx_room_member(spelling->room, user_id);

    if (member != NULL && member->name != NULL && strcmp(user_id, spelling->matrix->user_id) != 0)
        mx_event_spell_out(spelling->text, member->name, user_id);
}

static bool is_on_another(const struct message *message)
{
    return message->kind == MESSAGE_REACTION || message->kind == MESSAGE_VOTE;
}

/* What the message answers or is on. */
static const char *about(const struct message *message)
{
    return is_on_another(message) ? message->target : message->reply_to;
}

static bool has_words(const struct message *message)
{
    return message->kind == MESSAGE_TEXT || message->kind == MESSAGE_EDIT;
}

static const struct json *words_of(const struct message *message, const struct json *content)
{
    return message->kind == MESSAGE_EDIT ? json_get(content, "m.new_content") : content;
}

/* What a message lends while it is handled. */
struct lent {
    struct buf text;
    struct mx_block block;
};

/* What is said, and to whom. A command that was filled in counts instead of its text, which is for people. */
static void complete_words(struct mx_work *work, const struct mx_room *room, const struct json *said,
                           struct message *message, struct lent *lent)
{
    struct matrix *matrix = work->matrix;
    const struct mx_member *self = mx_room_member(room, matrix->user_id);
    const struct mx_names names = {.user_id = matrix->user_id, .display_name = self != NULL ? self->name : NULL};

    if (mx_block_is_there(said)) {
        mx_block_read(said, &lent->block);
        message->block = &lent->block.block;
        message->addressed = true;
    } else {
        message->addressed |= mx_event_addressed(said, message->text, &names, &lent->text);
        mx_event_mentions(said, spell_out, &(struct spelling){matrix, room, &lent->text});
    }
    message->text = buf_text(&lent->text);
}

/* Fills in what the event itself does not say. */
static int complete(struct mx_work *work, struct mx_room *room, const struct json *content, struct message *message,
                    struct lent *lent)
{
    struct matrix *matrix = work->matrix;
    const struct mx_member *member;
    bool ours;

    if (mx_room_members(matrix, room, work->err) != 0 ||
        mx_room_power(matrix, room, message->sender, &message->power, work->err) != 0 ||
        answers_us(work, room, about(message), &ours) != 0 ||
        (message->kind == MESSAGE_TEXT && work->again == NULL &&
         mx_profiles_heard(matrix->profiles, message->sender, work->err) != 0))
        return -1;
    member = mx_room_member(room, message->sender);
    message->room = room->id;
    message->direct = mx_room_is_direct(room);
    message->sender_name = member != NULL && member->name != NULL ? member->name : message->sender;
    message->member = member != NULL && member->membership == MX_JOINED;
    message->read_ms = work->now_ms;
    message->summarise = message->read_ms - message->sent_ms > MX_LATE_MS;
    message->addressed = ours;
    message->polls = true;
    message->again = work->again != NULL;
    message->unproven = work->unproven;
    if (has_words(message))
        complete_words(work, room, words_of(message, content), message, lent);
    return 0;
}

/* A command that was filled in for another bot, or for nobody in particular. */
static bool is_for_another(const struct mx_work *work, const struct json *content, const struct message *message)
{
    const struct json *said = words_of(message, content);

    if (!has_words(message) || !mx_block_is_there(said) || mx_block_is_for(said, work->matrix->user_id))
        return false;
    log_info("command-of-others", LOG_STR("event_id", message->id));
    return true;
}

int mx_said_deliver(struct mx_work *work, struct mx_room *room, const struct json *content, struct message *message)
{
    const struct matrix_options *options = &work->matrix->options;
    struct lent lent = {.text = BUF_INIT(TEXT_MAX)};
    int result;

    if (is_heard_elsewhere(options, room, message) || is_for_another(work, content, message))
        return 0;
    result = complete(work, room, content, message, &lent);
    if (result == 0) {
        log_info("message", LOG_STR("room", room->id), LOG_STR("event_id", message->id), LOG_INT("kind", message->kind),
                 LOG_INT("age_ms", message->read_ms - message->sent_ms));
        result = options->handler.message(options->handler.arg, message, work->err);
    }
    buf_release(&lent.text);
    return result;
}

/* ---------------------------------------------------------------- about keys */

/* Their sender is told something about keys, and the message is read for nothing else. */
static int give_notice(struct mx_work *work, struct mx_room *room, const struct json *content, struct message *message,
                       enum matrix_notice notice)
{
    const struct matrix_handler *handler = &work->matrix->options.handler;
    struct lent lent = {.text = BUF_INIT(TEXT_MAX)};
    int result = complete(work, room, content, message, &lent);

    if (result == 0)
        result = handler->notice(handler->arg, message, notice, work->err);
    buf_release(&lent.text);
    return result;
}

/* The operator compares, so they have to know. */
static int take_verification(struct mx_work *work, struct mx_room *room, const struct mx_event *event, const char *type,
                             const struct json *content)
{
    struct message message = {
        .transport = "matrix",
        .id = event->id,
        .sender = event->sender,
        .sent_ms = event->sent_ms,
        .text = "",
    };
    int begun = mx_verify_event(work->matrix, room->id, event, type, content, work->now_ms, work->err);

    if (begun != 1 || mx_verify_is_watched(work->matrix->verify, event->sender))
        return begun < 0 ? -1 : 0;
    return give_notice(work, room, content, &message, MATRIX_VERIFICATION);
}

/* Whether the message says that the new identity is its sender's, from a device that is known to be theirs. */
static int confirms(struct mx_work *work, struct mx_room *room, const struct json *content, struct message *message)
{
    const struct matrix_handler *handler = &work->matrix->options.handler;
    struct lent lent = {.text = BUF_INIT(TEXT_MAX)};
    int result = complete(work, room, content, message, &lent);

    if (result == 0)
        result = handler->confirms(handler->arg, message, work->err);
    buf_release(&lent.text);
    return result;
}

/* The server shows another identity of the sender than we know: until it is confirmed nothing of theirs is read, and
 * nothing is said to them but that. */
static int refuse_changed(struct mx_work *work, struct mx_room *room, const struct mx_event *event,
                          const struct e2ee_plain *plain)
{
    struct message message = {0};
    int result = 0;

    log_warn("identity-changed", LOG_STR("room", room->id), LOG_STR("event_id", event->id),
             LOG_STR("sender", event->sender));
    if (!mx_event_message(event, plain->type, plain->content, &message) ||
        (message.kind != MESSAGE_TEXT && message.kind != MESSAGE_FILE))
        return 0;
    if (plain->sender_device_vouched)
        result = confirms(work, room, plain->content, &message);
    if (result == 1)
        return e2ee_identity_accept(work->matrix->e2ee, event->sender, work->err) < 0 ? -1 : 0;
    if (result < 0 || ++work->refusals > REFUSALS_MAX)
        return result;
    mx_event_message(event, plain->type, plain->content, &message);
    return give_notice(work, room, plain->content, &message, MATRIX_IDENTITY_CHANGED);
}

/* ---------------------------------------------------------------- whether it may be taken */

static int knows(const struct mx_work *work, const char *event_id)
{
    const struct matrix_store *store = work->matrix->store;

    return store->event_find(store->self, event_id, NULL, NULL, work->err);
}

/* What was taken back waits for nothing any more. */
static int forget_kept(struct mx_work *work, const char *event_id)
{
    return mx_early_drop(work->matrix, event_id, work->err) != 0 ||
                   mx_download_drop(work->matrix, event_id, work->err) != 0
               ? -1
               : 0;
}

static int take_message(struct mx_work *work, struct mx_room *room, struct mx_event *event, const char *type,
                        const struct json *content, bool encrypted)
{
    struct message message = {0};

    /* Some clients leave the relation inside the ciphertext alone. */
    if (encrypted && event->relation.kind == MX_RELATES_NOT && event->relation.reply_to == NULL)
        mx_event_relation(content, &event->relation);
    if (!mx_event_message(event, type, content, &message))
        return 0;
    if (is_on_another(&message) && work->again == NULL) {
        int known = knows(work, message.target);

        if (known != 1)
            return known < 0 ? -1 : mx_early_keep(work->matrix, room, event, work->err);
    }
    if (message.kind == MESSAGE_FILE)
        return mx_download_take(work, room, event, content, encrypted, &message);
    if (message.kind == MESSAGE_REDACTION && forget_kept(work, message.target) != 0)
        return -1;
    if (message.kind == MESSAGE_EDIT) {
        int valid = edit_is_valid(work, room, event, encrypted);

        if (valid < 0)
            return -1;
        if (valid == 0) {
            log_warn("edit-refused", LOG_STR("room", room->id), LOG_STR("event_id", event->id));
            return 0;
        }
    }
    return mx_said_deliver(work, room, content, &message);
}

static enum e2ee_verdict decrypt(struct mx_work *work, const struct mx_room *room, const struct mx_event *event,
                                 struct e2ee_plain *plain, struct err *err)
{
    struct e2ee *e2ee = work->matrix->e2ee;
    enum e2ee_verdict verdict;

    if (work->again == NULL)
        return e2ee_decrypt(e2ee, room->id, event->json, work->now_ms, plain, err);
    verdict = e2ee_decrypt_again(e2ee, room->id, event->json, plain, err);
    work->again->unreadable += verdict == E2EE_REFUSED;
    return verdict;
}

/* The server may keep from us that the room is encrypted. What was sealed for it, and opens, says so for good: in a
 * group where its sender could have said so by power levels, as anybody else would shut out who writes in the clear. 1
 * the room is encrypted, 0 it isn't, and the event is refused, -1. */
static int note_encryption(struct mx_work *work, struct mx_room *room, const struct mx_event *event)
{
    int may = 1;

    if (room->encrypted)
        return 1;
    if (mx_room_members(work->matrix, room, work->err) != 0)
        return -1;
    if (!mx_room_is_direct(room))
        may = mx_room_may(work->matrix, room, event->sender, mx_power_to_replace, work->err);
    if (may == 0)
        log_warn("event-refused", LOG_STR("room", room->id), LOG_STR("event_id", event->id),
                 LOG_STR("reason", "it was sealed for a room that isn't encrypted"));
    if (may != 1)
        return may;
    log_warn("room-encryption-hidden", LOG_STR("room", room->id), LOG_STR("event_id", event->id));
    room->encrypted = room->dirty = true;
    return 1;
}

/* What was sealed is open: PLAIN. */
static int take_opened(struct mx_work *work, struct mx_room *room, struct mx_event *event,
                       const struct e2ee_plain *plain)
{
    int encrypted = note_encryption(work, room, event);

    if (encrypted != 1)
        return encrypted;
    work->unproven = plain->unproven;
    if (work->again != NULL && (mx_verify_concerns(plain->type, plain->content) || plain->sender_changed))
        return 0; /* a history is no place to ask or to prove */
    if (mx_verify_concerns(plain->type, plain->content))
        return take_verification(work, room, event, plain->type, plain->content);
    if (plain->sender_changed)
        return refuse_changed(work, room, event, plain);
    return take_message(work, room, event, plain->type, plain->content, true);
}

static int take_encrypted(struct mx_work *work, struct mx_room *room, struct mx_event *event)
{
    struct e2ee_plain plain = {0};
    struct err refused = {0};
    int result = 0;

    switch (decrypt(work, room, event, &plain, &refused)) {
    case E2EE_PLAIN:
        result = take_opened(work, room, event, &plain);
        break;
    case E2EE_PARKED:
        log_info("parked", LOG_STR("room", room->id), LOG_STR("event_id", event->id));
        break;
    case E2EE_REFUSED:
        log_warn("event-refused", LOG_STR("room", room->id), LOG_STR("event_id", event->id),
                 LOG_STR("reason", refused.text));
        break;
    default:
        if (work->err != NULL)
            *work->err = refused;
        result = -1;
        break;
    }
    json_free(plain.payload);
    return result;
}

/* A server, or whoever has its database, could say anything in the clear. */
static int refuse_plain(struct mx_work *work, const struct mx_room *room, const struct mx_event *event)
{
    const struct matrix_store *store = work->matrix->store;
    struct outgoing notice = {
        .kind = OUT_ERROR,
        .transport = "matrix",
        .room = room->id,
        .answers = event->id,
        .text = PLAIN_REFUSAL,
        .at_ms = work->now_ms,
    };

    log_warn("plaintext-refused", LOG_STR("room", room->id), LOG_STR("event_id", event->id));
    if (work->again != NULL || event->relation.kind == MX_REPLACES || ++work->refusals > REFUSALS_MAX)
        return 0;
    return store->say(store->self, &notice, work->err);
}

static bool is_text_or_media(const struct mx_event *event)
{
    return strcmp(event->type, "m.room.message") == 0 && json_get_text(event->content, "msgtype") != NULL &&
           strcmp(json_get_text(event->content, "msgtype"), "m.notice") != 0;
}

int mx_said_take(struct mx_work *work, struct mx_room *room, struct mx_event *event)
{
    if (!mx_allowed(work->matrix->options.allow, event->sender)) {
        log_debug("not-allowed", LOG_STR("room", room->id), LOG_STR("event_id", event->id));
        return 0;
    }
    if (strcmp(event->type, "m.room.encrypted") == 0)
        return take_encrypted(work, room, event);
    /* Element Web's (matrix-js-sdk, rust crypto) are in the clear in every room. As to-device they need no secrecy:
     * what is compared tells whether the server put them there. */
    if (mx_verify_concerns(event->type, event->content))
        return work->again != NULL ? 0 : take_verification(work, room, event, event->type, event->content);
    if (room->encrypted && strcmp(event->type, "m.room.message") == 0)
        return is_text_or_media(event) ? refuse_plain(work, room, event) : 0;
    if (room->encrypted && mx_event_is_vote(event->type)) /* unlike reactions, clients seal it */
        return 0;
    return take_message(work, room, event, event->type, event->content, false);
}

/* It answers no message: that one is answered when its key comes after all. */
static int tell_withheld(struct mx_work *work, struct mx_room *room, const char *user, bool unverified)
{
    const struct matrix_handler *handler = &work->matrix->options.handler;
    const struct mx_member *member;
    struct message message = {.transport = "matrix",
                              .room = room->id,
                              .sender = user,
                              .sent_ms = work->now_ms,
                              .read_ms = work->now_ms,
                              .text = ""};

    if (mx_room_members(work->matrix, room, work->err) != 0)
        return -1;
    member = mx_room_member(room, user);
    message.direct = mx_room_is_direct(room);
    message.sender_name = member != NULL && member->name != NULL ? member->name : user;
    return handler->notice(handler->arg, &message, unverified ? MATRIX_KEY_UNVERIFIED : MATRIX_KEY_WITHHELD, work->err);
}

int mx_said_withheld(struct mx_work *work)
{
    char *room_id, *user;
    bool unverified;
    int result = 0;

    while (result == 0 && e2ee_next_withheld(work->matrix->e2ee, &room_id, &user, &unverified)) {
        struct mx_room *room = mx_rooms_find(work->matrix->rooms, room_id);

        if (room != NULL && room->joined && mx_allowed(work->matrix->options.allow, user))
            result = tell_withheld(work, room, user, unverified);
        free(room_id);
        free(user);
    }
    return result;
}
