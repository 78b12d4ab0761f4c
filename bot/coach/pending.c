/*
 * Messages that wait for an answer: kept for a day, for each room, in one value of the lifter.
 */
#include "bot/coach/pending.h"

#include <inttypes.h>
#include <stdlib.h>
#include <stdio.h>
#include <string.h>

#include "bot/chat/subject.h"
#include "bot/coach/contact.h"
#include "bot/coach/turn.h"
#include "core/base/civil.h"
#include "core/text/fold.h"

enum { QUESTIONS_KEPT = 16, QUESTION_VALUE_MAX = QUESTIONS_KEPT * (READING_INPUT_MAX + 2048), FIELDS = 17 };

#define FIELD_END "\x1f"
#define RECORD_END "\x1e"

void pending_init(struct pending *pending, const char *event, int64_t input, int64_t sent_ms, struct span text)
{
    *pending = (struct pending){.input = input, .sent_ms = sent_ms, .option = -1, .load_kg = NAN, .unit = -1};
    strncpy(pending->event, event, sizeof(pending->event) - 1);
    pending_set_text(pending, text);
}

void pending_set_text(struct pending *pending, struct span text)
{
    free(pending->text);
    /* What is too long for the reader stays too long. */
    pending->text = mem_strndup(text.at, text_cut(text, READING_INPUT_MAX + 8));
    for (char *c = pending->text; *c != '\0'; c++) {
        if (*c == FIELD_END[0] || *c == RECORD_END[0])
            *c = ' ';
    }
}

int pending_choices(const struct pending *pending)
{
    if (pending->waiting == WAITING_COMMAND)
        return pending->unknown[0] == '\0' ? SUBJECTS_NEAR : strchr(pending->unknown, '|') != NULL ? 2 : 0;
    return pending->waiting == WAITING_CONTACT ? contact_option_count(pending) : 0;
}

void pending_with_reps(const struct pending *pending, int reps, struct buf *out)
{
    size_t at = strcspn(pending->text, "0123456789");

    at += strspn(pending->text + at, "0123456789.,");
    at += strspn(pending->text + at, "kglbs");
    buf_add(out, pending->text, at);
    buf_addf(out, " x %d%s", reps, pending->text + at);
}

void pending_release(struct pending *pending)
{
    free(pending->text);
    pending->text = NULL;
}

void questions_release(struct questions *questions)
{
    for (size_t i = 0; i < questions->at.count; i++)
        pending_release(&questions->at.at[i]);
    vec_release(&questions->at);
}

/* ---------------------------------------------------------------- in the store */

void pending_print(const struct pending *pending, struct buf *out)
{
    buf_addf(out, "%s" FIELD_END "%" PRId64 FIELD_END "%" PRId64 FIELD_END "%" PRId64 FIELD_END, pending->event,
             pending->input, pending->sent_ms, pending->asked_ms);
    buf_addf(out, "%d" FIELD_END "%d" FIELD_END "%s" FIELD_END "%.17g" FIELD_END "%d" FIELD_END, (int)pending->waiting,
             pending->option, pending->exercise, pending->load_kg, pending->confirmed);
    buf_addf(out, "%s" FIELD_END, pending->unknown);
    for (int i = 0; i < pending->choice_count; i++)
        buf_addf(out, "%s%s", i != 0 ? " " : "", pending->choices[i]);
    buf_addf(out,
             FIELD_END "%s" FIELD_END "%s" FIELD_END "%d" FIELD_END "%d" FIELD_END "%" PRId64 FIELD_END "%d" RECORD_END,
             pending->text, pending->asked_by, pending->by_habit, pending->unit, pending->corrects, pending->alone);
}

static void copy_field(char *to, size_t size, struct span field)
{
    size_t length = field.length < size ? field.length : size - 1;

    memcpy(to, field.at, length);
    to[length] = '\0';
}

static void read_choices(struct pending *pending, struct span field)
{
    while (field.length != 0 && pending->choice_count < READING_OPTIONS) {
        const char *end = memchr(field.at, ' ', field.length);
        size_t length = end != NULL ? (size_t)(end - field.at) : field.length;

        copy_field(pending->choices[pending->choice_count++], EXERCISE_ID_SIZE, (struct span){field.at, length});
        length += end != NULL;
        field = (struct span){field.at + length, field.length - length};
    }
}

void pending_read(struct span record, struct pending *pending)
{
    struct span fields[FIELDS];
    size_t count = 0;

    while (count < FIELDS) {
        const char *end = memchr(record.at, FIELD_END[0], record.length);
        size_t length = end != NULL ? (size_t)(end - record.at) : record.length;

        fields[count++] = (struct span){record.at, length};
        length += end != NULL;
        record = (struct span){record.at + length, record.length - length};
    }
    pending_init(pending, "", strtoll(fields[1].at, NULL, 10), strtoll(fields[2].at, NULL, 10), fields[11]);
    copy_field(pending->event, sizeof(pending->event), fields[0]);
    pending->asked_ms = strtoll(fields[3].at, NULL, 10);
    pending->waiting = (enum waiting_for)strtol(fields[4].at, NULL, 10);
    pending->option = (int)strtol(fields[5].at, NULL, 10);
    copy_field(pending->exercise, sizeof(pending->exercise), fields[6]);
    pending->load_kg = strtod(fields[7].at, NULL);
    pending->confirmed = span_is(fields[8], "1");
    copy_field(pending->unknown, sizeof(pending->unknown), fields[9]);
    copy_field(pending->asked_by, sizeof(pending->asked_by), fields[12]);
    pending->by_habit = span_is(fields[13], "1");
    if (fields[14].length != 0)
        pending->unit = (int)strtol(fields[14].at, NULL, 10);
    pending->corrects = strtoll(fields[15].at, NULL, 10);
    pending->alone = span_is(fields[16], "1");
    read_choices(pending, fields[10]);
}

/* An older or newer version may have left a question that we don't ask, and so wouldn't know an answer to. */
static bool is_ours(const struct pending *pending)
{
    if (pending->waiting == WAITING_NOTHING || pending->waiting > WAITING_FIX)
        return false;
    return pending->waiting != WAITING_CONTACT || contact_asks(pending->unknown);
}

static void value_name(const struct turn *turn, struct buf *out)
{
    buf_addf(out, "question:%s:%s", turn->message->transport, turn->message->room);
}

int questions_load(struct turn *turn, struct questions *questions, struct err *err)
{
    struct buf name = BUF_INIT(1024), value = BUF_INIT(QUESTION_VALUE_MAX);
    const char *at, *end;
    int found;

    *questions = (struct questions){0};
    value_name(turn, &name);
    found = turn->store->value_get(turn->store->self, turn->lifter->id, buf_text(&name), &value, err);
    for (at = buf_text(&value); found == 1 && (end = strchr(at, RECORD_END[0])) != NULL; at = end + 1) {
        struct pending *pending = vec_add(&questions->at);

        pending_read((struct span){at, (size_t)(end - at)}, pending);
        if (turn->message->sent_ms - pending->asked_ms > CIVIL_DAY_MS || !is_ours(pending)) {
            pending_release(pending);
            questions->at.count--;
        }
    }
    buf_release(&name);
    buf_release(&value);
    return found < 0 ? -1 : 0;
}

int questions_store(struct turn *turn, const struct questions *questions, struct err *err)
{
    struct buf name = BUF_INIT(1024), value = BUF_INIT(QUESTION_VALUE_MAX);
    size_t count = questions->at.count;
    int result;

    value_name(turn, &name);
    for (size_t i = count > QUESTIONS_KEPT ? count - QUESTIONS_KEPT : 0; i < count; i++)
        pending_print(&questions->at.at[i], &value);
    result = turn->store->value_put(turn->store->self, turn->lifter->id, buf_text(&name),
                                    count != 0 ? buf_text(&value) : NULL, err);
    buf_release(&name);
    buf_release(&value);
    return result;
}
