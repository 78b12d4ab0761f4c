/*
 * A raw event of a room becomes a value.
 */
#include "bot/matrix/event.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "bot/matrix/api.h"
#include "core/base/mem.h"

enum { MENTIONS_MAX = 20 };

/* An id that may be kept and logged: short, and without control characters or blanks. */
static bool is_id(const char *text)
{
    size_t length;

    if (text == NULL)
        return false;
    length = strlen(text);
    if (length == 0 || length > MX_ID_MAX)
        return false;
    for (size_t i = 0; i < length; i++)
        if ((unsigned char)text[i] <= ' ' || text[i] == 0x7f)
            return false;
    return true;
}

bool mx_event_is_user(const char *text)
{
    return is_id(text) && text[0] == '@' && strchr(text, ':') != NULL;
}

/* NULL unless it is an id. */
static const char *get_id(const struct json *object, const char *key)
{
    const char *id = json_get_text(object, key);

    return is_id(id) ? id : NULL;
}

void mx_event_relation(const struct json *content, struct mx_relation *relation)
{
    static const struct {
        const char *type;
        enum mx_relation_kind kind;
    } kinds[] = {{"m.replace", MX_REPLACES},
                 {"m.annotation", MX_ANNOTATES},
                 {"m.thread", MX_IN_THREAD},
                 {"m.reference", MX_REFERS}};
    const struct json *relates = json_get(content, "m.relates_to");
    const char *type = json_get_text(relates, "rel_type");

    *relation = (struct mx_relation){.kind = MX_RELATES_NOT};
    for (size_t i = 0; type != NULL && i < ARRAY_LENGTH(kinds); i++)
        if (strcmp(type, kinds[i].type) == 0)
            relation->kind = kinds[i].kind;
    if (relation->kind != MX_RELATES_NOT)
        relation->target = get_id(relates, "event_id");
    if (relation->kind == MX_ANNOTATES)
        relation->key = json_get_text(relates, "key");
    if (relation->kind != MX_IN_THREAD || !json_get_bool(relates, "is_falling_back", false))
        relation->reply_to = get_id(json_get(relates, "m.in_reply_to"), "event_id");
}

int mx_event_read(const struct json *json, int64_t now_ms, struct mx_event *event, struct err *err)
{
    const struct json *state_key = json_get(json, "state_key");

    *event = (struct mx_event){.json = json, .content = json_get(json, "content")};
    if (!json_is_object(json) || !json_is_object(event->content))
        return err_set(err, ERR_INPUT, "an event without content");
    if (json_check_event(json, MX_EVENT_MAX, err) != 0)
        return -1;
    event->id = get_id(json, "event_id");
    event->type = json_get_text(json, "type");
    event->sender = json_get_text(json, "sender");
    if (event->id == NULL || event->type == NULL || strlen(event->type) > MX_ID_MAX)
        return err_set(err, ERR_INPUT, "an event without id or type");
    if (!mx_event_is_user(event->sender))
        return err_set(err, ERR_INPUT, "an event without sender");
    if (state_key != NULL) {
        event->state_key = json_text(state_key);
        if (event->state_key == NULL || strlen(event->state_key) > MX_ID_MAX)
            return err_set(err, ERR_INPUT, "a state event with a malformed key");
    }
    if (!json_get_int(json, "origin_server_ts", &event->sent_ms) || event->sent_ms > now_ms || event->sent_ms < 0)
        event->sent_ms = now_ms;
    mx_event_relation(event->content, &event->relation);
    return 0;
}

/* ---------------------------------------------------------------- messages */

static bool is_kind(const struct json *content, const char *const *kinds)
{
    const char *kind = json_get_text(content, "msgtype");

    while (kind != NULL && *kinds != NULL && strcmp(*kinds, kind) != 0)
        kinds++;
    return kind != NULL && *kinds != NULL;
}

static const char *const files[] = {"m.file", "m.image", "m.video", "m.audio", NULL};

/* What is said, under a picture too: where that has another name, its body is what stands there. */
static const char *text_of(const struct json *content)
{
    static const char *const texts[] = {"m.text", NULL}, *const captioned[] = {"m.image", "m.video", NULL};
    const char *body = json_get_text(content, "body"), *name = json_get_text(content, "filename");

    if (is_kind(content, captioned))
        return body != NULL && name != NULL && strcmp(body, name) != 0 ? body : NULL;
    return is_kind(content, texts) ? body : NULL;
}

static bool read_text(const struct mx_event *event, const struct json *content, struct message *message)
{
    const struct mx_relation *relation = &event->relation;

    if (relation->kind == MX_REPLACES) {
        message->kind = MESSAGE_EDIT;
        message->target = relation->target;
        message->text = text_of(json_get(content, "m.new_content"));
        return message->target != NULL && message->text != NULL;
    }
    message->kind = MESSAGE_TEXT;
    message->text = text_of(content);
    message->reply_to = relation->reply_to;
    message->thread = relation->kind == MX_IN_THREAD ? relation->target : NULL;
    if (message->text != NULL || !is_kind(content, files))
        return message->text != NULL;
    message->kind = MESSAGE_FILE;
    message->text = "";
    return true;
}

static bool read_reaction(const struct mx_event *event, const struct json *content, struct message *message)
{
    (void)content;
    message->kind = MESSAGE_REACTION;
    message->target = event->relation.target;
    message->text = event->relation.key;
    return event->relation.kind == MX_ANNOTATES && message->target != NULL && message->text != NULL &&
           strlen(message->text) <= MX_ID_MAX;
}

/* One answer can be chosen; a spoilt vote says nothing. */
static bool read_vote(const struct mx_event *event, const struct json *content, struct message *message)
{
    const struct json *chosen = json_path(content, "org.matrix.msc3381.poll.response", "answers", NULL);

    if (chosen == NULL)
        chosen = json_get(content, "m.selections");
    message->kind = MESSAGE_VOTE;
    message->target = event->relation.target;
    message->text = json_text(json_at(chosen, 0));
    return event->relation.kind == MX_REFERS && message->target != NULL && message->text != NULL &&
           strlen(message->text) <= MX_ID_MAX;
}

static const char *const vote_types[] = {"org.matrix.msc3381.poll.response", "m.poll.response"};

bool mx_event_is_vote(const char *type)
{
    return strcmp(type, vote_types[0]) == 0 || strcmp(type, vote_types[1]) == 0;
}

/* Since room version 11 the target stands in the content. */
static bool read_redaction(const struct mx_event *event, const struct json *content, struct message *message)
{
    message->kind = MESSAGE_REDACTION;
    message->target = get_id(content, "redacts");
    if (message->target == NULL)
        message->target = get_id(event->json, "redacts");
    message->text = "";
    return message->target != NULL;
}

bool mx_event_message(const struct mx_event *event, const char *type, const struct json *content,
                      struct message *message)
{
    const struct {
        const char *type;
        bool (*read)(const struct mx_event *event, const struct json *content, struct message *message);
    } readers[] = {{"m.room.message", read_text},
                   {"m.reaction", read_reaction},
                   {"m.room.redaction", read_redaction},
                   {vote_types[0], read_vote},
                   {vote_types[1], read_vote}};

    for (size_t i = 0; i < ARRAY_LENGTH(readers); i++)
        if (event->state_key == NULL && strcmp(type, readers[i].type) == 0) {
            message->transport = "matrix";
            message->id = event->id;
            message->sender = event->sender;
            message->sent_ms = event->sent_ms;
            return readers[i].read(event, content, message);
        }
    return false;
}

/* ---------------------------------------------------------------- who is spoken to */

void mx_event_mentions(const struct json *content, void (*each)(void *arg, const char *user_id), void *arg)
{
    const struct json *users = json_path(content, "m.mentions", "user_ids", NULL);

    for (size_t i = 0; i < json_count(users) && i < MENTIONS_MAX; i++)
        if (mx_event_is_user(json_text(json_at(users, i))))
            each(arg, json_text(json_at(users, i)));
}

static bool is_word_end(char byte)
{
    return byte == '\0' || strchr(" \t\r\n:,.;!?)", byte) != NULL;
}

void mx_event_spell_out(struct buf *text, const char *name, const char *user_id)
{
    const char *start = buf_text(text), *at = start;
    size_t length = strlen(name);
    char *rest;

    while (length != 0 && (at = strstr(at, name)) != NULL &&
           ((at != start && strchr(" \t\r\n(@", at[-1]) == NULL) || !is_word_end(at[length])))
        at++;
    if (length == 0 || at == NULL)
        return;
    rest = mem_strdup(at + length);
    buf_truncate(text, (size_t)(at - start) - (at != start && at[-1] == '@'));
    buf_adds(text, user_id);
    buf_adds(text, rest);
    free(rest);
}

static bool mentions(const struct json *content, const char *user_id)
{
    const struct json *users = json_path(content, "m.mentions", "user_ids", NULL);

    for (size_t i = 0; i < json_count(users); i++) {
        const char *user = json_text(json_at(users, i));

        if (user != NULL && strcmp(user, user_id) == 0)
            return true;
    }
    return false;
}

/* The length of NAME at the start of TEXT, behind an optional '@', in any ASCII case; 0: it isn't there. */
static size_t name_at(const char *text, struct span name)
{
    size_t at = text[0] == '@' && name.at[0] != '@' ? 1 : 0;

    if (name.length == 0 || strncasecmp(text + at, name.at, name.length) != 0)
        return 0;
    return at + name.length;
}

static const char *skip_blanks(const char *text)
{
    return text + strspn(text, " \t\r\n");
}

/* What follows the bot's name and a colon or comma (where it is mentioned, a blank will do); NULL: not so. */
static const char *after_name(const char *body, const struct mx_names *names, bool mentioned)
{
    struct span spans[3] = {span_of(names->user_id)};

    spans[1] = (struct span){names->user_id + 1, strcspn(names->user_id + 1, ":")};
    spans[2] = span_of(names->display_name != NULL ? names->display_name : "");
    for (size_t i = 0; i < ARRAY_LENGTH(spans); i++) {
        size_t length = name_at(body, spans[i]);
        const char *after = body + length;

        if (length == 0)
            continue;
        if (*after == ':' || *after == ',')
            return skip_blanks(after + 1);
        if (mentioned && (*after == '\0' || strchr(" \t\r\n", *after) != NULL))
            return skip_blanks(after);
    }
    return NULL;
}

bool mx_event_addressed(const struct json *content, const char *body, const struct mx_names *names, struct buf *text)
{
    bool mentioned = mentions(content, names->user_id);
    const char *start = skip_blanks(body);
    const char *rest = after_name(start, names, mentioned);
    bool addressed = mentioned || rest != NULL;

    start = rest != NULL ? rest : start;
    if (start[0] == '!' && ((start[1] | 0x20) >= 'a' && (start[1] | 0x20) <= 'z')) {
        addressed = true;
        start++;
    }
    buf_adds(text, start);
    return addressed;
}
