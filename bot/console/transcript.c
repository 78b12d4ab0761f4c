/*
 * The lines of a transcript.
 */
#include "bot/console/transcript.h"

#include <stddef.h>

#include "core/base/civil.h"
#include "core/base/mem.h"

/* Takes what stands between OPEN, where TEXT is, and CLOSE. */
static int take_between(struct span *text, char open, char close, struct span *inside)
{
    const char *end;

    if (text->length == 0 || text->at[0] != open || (end = memchr(text->at, close, text->length)) == NULL)
        return -1;
    *inside = (struct span){text->at + 1, (size_t)(end - text->at) - 1};
    *text = span_past(*text, inside->length + 2);
    return 0;
}

static int take_time(struct span *text, struct transcript_line *line, struct err *err)
{
    struct civil civil;
    struct span time;

    if (take_between(text, '[', ']', &time) < 0 || civil_parse(time.at, time.length, &civil) < 0)
        return err_set(err, ERR_INPUT, "expected [2026-01-05T18:00:00+01:00] at the start of the line");
    line->at_ms = civil_to_ms(&civil);
    line->offset_s = civil.offset_s;
    return 0;
}

static const struct tag {
    const char *name;
    bool value;
    enum transcript_kind kind;
    size_t field; /* offset of the span */
} tags[] = {
    {"id", true, TRANSCRIPT_TEXT, offsetof(struct transcript_line, id)},
    {"edit", true, TRANSCRIPT_TEXT, offsetof(struct transcript_line, edit)},
    {"redact", true, TRANSCRIPT_TEXT, offsetof(struct transcript_line, redact)},
    {"reply", true, TRANSCRIPT_TEXT, offsetof(struct transcript_line, reply)},
    {"react", true, TRANSCRIPT_TEXT, offsetof(struct transcript_line, react)},
    {"thread", true, TRANSCRIPT_TEXT, offsetof(struct transcript_line, thread)},
    {"file", true, TRANSCRIPT_TEXT, offsetof(struct transcript_line, file)},
    {"power", true, TRANSCRIPT_TEXT, 0},
    {"join", false, TRANSCRIPT_JOIN, 0},
    {"leave", false, TRANSCRIPT_LEAVE, 0},
    {"kick", true, TRANSCRIPT_KICK, offsetof(struct transcript_line, other)},
    {"nick", true, TRANSCRIPT_NICK, offsetof(struct transcript_line, other)},
    {"logout", false, TRANSCRIPT_LOGOUT, 0},
};

static int read_power(struct span value, struct transcript_line *line, struct err *err)
{
    int power = 0;

    for (size_t i = 0; i < value.length; i++) {
        if (value.at[i] < '0' || value.at[i] > '9' || i == 3)
            return err_set(err, ERR_INPUT, "power is a number from 0 to 999");
        power = power * 10 + (value.at[i] - '0');
    }
    line->ranked = true;
    line->power = power;
    return 0;
}

static int read_tag(struct span inside, struct transcript_line *line, struct err *err)
{
    const char *equals = memchr(inside.at, '=', inside.length);
    struct span name = {inside.at, equals != NULL ? (size_t)(equals - inside.at) : inside.length};
    struct span value = {inside.at + name.length, 0};

    if (equals != NULL)
        value = (struct span){equals + 1, inside.length - name.length - 1};
    for (size_t i = 0; i < ARRAY_LENGTH(tags); i++) {
        if (!span_is(name, tags[i].name))
            continue;
        if (tags[i].value != (value.length != 0))
            return err_set(err, ERR_INPUT, tags[i].value ? "{%s} needs a value, {%s=…}" : "{%s} takes no value",
                           tags[i].name, tags[i].name);
        if (tags[i].kind != TRANSCRIPT_TEXT)
            line->kind = tags[i].kind;
        if (span_is(name, "power"))
            return read_power(value, line, err);
        if (tags[i].value)
            memcpy((char *)line + tags[i].field, &value, sizeof(value));
        return 0;
    }
    return err_set(err, ERR_INPUT, "{%.*s} is no tag of a transcript", (int)(name.length < 32 ? name.length : 32),
                   name.at);
}

static int read_message(struct span text, struct transcript_line *line, struct err *err)
{
    struct span inside;

    if (text.length != 0 && text.at[0] == '#') {
        const char *end = memchr(text.at, ' ', text.length);

        if (end == NULL)
            return err_set(err, ERR_INPUT, "expected <sender> after the room");
        line->room = (struct span){text.at, (size_t)(end - text.at)};
        text = span_past(text, line->room.length);
    }
    if (take_between(&text, '<', '>', &line->sender) < 0 || line->sender.length == 0)
        return err_set(err, ERR_INPUT, "expected <sender>, or #room <sender>, or tick");
    line->kind = TRANSCRIPT_TEXT;
    while (take_between(&text, '{', '}', &inside) == 0) {
        if (read_tag(inside, line, err) < 0)
            return -1;
    }
    line->text = text;
    if (line->kind == TRANSCRIPT_TEXT && text.length == 0 && line->redact.length == 0 && line->file.length == 0)
        return err_set(err, ERR_INPUT, "expected a text");
    if (line->kind == TRANSCRIPT_TEXT && span_is(line->sender, "spotter"))
        line->kind = TRANSCRIPT_NOTHING;
    return 0;
}

int transcript_read(struct span text, struct transcript_line *line, struct err *err)
{
    const bool more = text.length != 0 && (text.at[0] == ' ' || text.at[0] == '\t');

    *line = (struct transcript_line){.kind = TRANSCRIPT_NOTHING};
    while (text.length != 0 && (text.at[text.length - 1] == '\r' || text.at[text.length - 1] == ' '))
        text.length--;
    if (more) { /* of blanks alone: an empty line of the message */
        line->kind = TRANSCRIPT_MORE;
        line->text = span_past(text, text.length != 0 ? 1 : 0);
        return 0;
    }
    if (text.length == 0 || span_starts(text, "# ") || span_is(text, "#"))
        return 0;
    if (take_time(&text, line, err) < 0)
        return -1;
    if (span_is(text, "tick")) {
        line->kind = TRANSCRIPT_TICK;
        return 0;
    }
    return read_message(text, line, err);
}

void transcript_print(struct buf *out, int64_t at_ms, int offset_s, const char *room, const char *sender,
                      const char *tag, const char *about, const char *text)
{
    struct civil civil;
    char time[CIVIL_TEXT];

    civil_from_ms(at_ms, offset_s, &civil);
    civil_print(&civil, time);
    buf_addf(out, "[%s] %s%s<%s> ", time, room != NULL ? room : "", room != NULL ? " " : "", sender);
    if (tag != NULL)
        buf_addf(out, "{%s=%s} ", tag, about);
    for (; *text != '\0'; text++) {
        buf_addc(out, *text);
        if (*text == '\n')
            buf_adds(out, "    ");
    }
    buf_addc(out, '\n');
}
