/*
 * Batches (IRCv3/batch): lines that belong together.
 */
#include <stdlib.h>
#include <string.h>

#include "bot/irc/inside.h"
#include "core/base/mem.h"

enum { BATCHES_MAX = 32, MULTILINE_MAX = 8 * 1024 };

static void release(struct irc_batch *batch)
{
    free(batch->name);
    free(batch->label);
    free(batch->target);
    free(batch->last_id);
    buf_release(&batch->text);
    irc_heard_free(batch->whole);
}

void irc_batches_release(struct irc *irc)
{
    for (size_t i = 0; i < irc->batches.count; i++)
        release(&irc->batches.at[i]);
    vec_clear(&irc->batches);
}

static struct irc_batch *find(struct irc *irc, const char *name)
{
    for (size_t i = 0; i < irc->batches.count; i++) {
        if (strcmp(irc->batches.at[i].name, name) == 0)
            return &irc->batches.at[i];
    }
    return NULL;
}

struct irc_batch *irc_batch_of(struct irc *irc, const struct irc_line *line)
{
    struct buf name = BUF_INIT(256);
    struct irc_batch *batch = NULL;

    if (irc->batches.count != 0 && irc_line_tag(line, "batch", &name))
        batch = find(irc, buf_text(&name));
    buf_release(&name);
    return batch;
}

/* Whatever it is: what we don't act upon fills a page of a history too. */
void irc_batch_line(struct irc *irc, const struct irc_line *line)
{
    struct irc_batch *batch = irc_batch_of(irc, line);
    struct buf id = BUF_INIT(IRC_TAGS_MAX);

    if (batch == NULL)
        return;
    batch->lines++;
    if (batch->history && irc_line_tag(line, "msgid", &id)) {
        free(batch->last_id);
        batch->last_id = mem_strdup(buf_text(&id));
    }
    buf_release(&id);
}

static const struct {
    const char *type;
    size_t flag;
} types[] = {
    {"chathistory", offsetof(struct irc_batch, history)},
    {"znc.in/playback", offsetof(struct irc_batch, history)},
    {"netsplit", offsetof(struct irc_batch, netsplit)},
    {"netjoin", offsetof(struct irc_batch, netjoin)},
    {"draft/multiline", offsetof(struct irc_batch, multiline)},
    {"draft/chathistory-targets", offsetof(struct irc_batch, targets)},
    {"chathistory-targets", offsetof(struct irc_batch, targets)},
};

static void begin(struct irc *irc, const struct irc_line *line, struct span name)
{
    const struct irc_batch *outer = irc_batch_of(irc, line);
    bool in_history = outer != NULL && outer->history;
    struct span target = irc_line_param(line, 2);
    struct buf label = BUF_INIT(128);
    struct irc_batch *batch;

    if (irc->batches.count >= BATCHES_MAX)
        return;
    batch = vec_add(&irc->batches);
    batch->name = mem_strndup(name.at, name.length);
    buf_init(&batch->text, MULTILINE_MAX);
    for (size_t i = 0; i < ARRAY_LENGTH(types); i++) {
        if (span_is(irc_line_param(line, 1), types[i].type))
            *(bool *)((char *)batch + types[i].flag) = true;
    }
    batch->history = batch->history || in_history;
    batch->target = mem_strndup(target.at, target.length);
    if (irc_line_tag(line, "label", &label) && label.length != 0)
        batch->label = mem_strdup(buf_text(&label));
    buf_release(&label);
}

/* What holds for the message as a whole stands at its batch's beginning: who, where to, when, under which id. */
static void begin_multiline(struct irc *irc, const struct irc_line *line)
{
    struct irc_line as = *line;
    struct irc_batch *batch = &irc->batches.at[irc->batches.count - 1];

    as.params[0] = irc_line_param(line, 2);
    as.param_count = 1;
    batch->whole = irc_heard_new(irc, &as);
}

static void end(struct irc *irc, struct irc_batch *batch)
{
    struct irc_heard *whole = batch->whole;

    batch->whole = NULL;
    if (batch->text.overflowed)
        irc_heard_free(whole);
    else if (whole != NULL)
        irc_hear(irc, whole, buf_span(&batch->text));
    if (batch->targets)
        irc_history_listed(irc, batch);
    else if (batch->history && !batch->multiline)
        irc_history_read(irc, batch);
    release(batch);
    vec_remove(&irc->batches, (size_t)(batch - irc->batches.at));
}

void irc_take_batch(struct irc *irc, const struct irc_line *line)
{
    struct span name = irc_line_param(line, 0);
    struct irc_batch *batch;
    char *text;

    if (name.length < 2 || name.length > 200)
        return;
    text = mem_strndup(name.at + 1, name.length - 1);
    batch = find(irc, text);
    if (name.at[0] == '+' && batch == NULL) {
        begin(irc, line, (struct span){name.at + 1, name.length - 1});
        batch = find(irc, text);
        if (batch != NULL && batch->multiline)
            begin_multiline(irc, line);
    } else if (name.at[0] == '-' && batch != NULL) {
        end(irc, batch);
    }
    free(text);
}
