/*
 * Kinds of an exercise: a paused bench press is one of the bench press.
 */
#include "bot/coach/related.h"

#include <string.h>

#include "bot/coach/wording.h"

/* "paused-bench-press" is a kind of "bench-press". */
static bool is_kind(const char *kind, const char *of)
{
    const size_t length = strlen(kind), end = strlen(of);

    return length > end && kind[length - end - 1] == '-' && strcmp(kind + length - end, of) == 0;
}

/* The last one of the log; NULL where the log has ID itself. */
static const struct exercise *find(const struct turn *turn, const char *id)
{
    const char *found = NULL;

    for (size_t i = lifter_log_before(turn->lifter, turn->message->sent_ms + 1); i-- > 0;) {
        const char *other = turn->lifter->log.at[i].set.exercise;

        if (strcmp(other, id) == 0)
            return NULL;
        if (found == NULL && (is_kind(other, id) || is_kind(id, other)))
            found = other;
    }
    return found != NULL ? lifter_exercise(turn->lifter, found) : NULL;
}

int related_run(struct turn *turn, const struct exercise *exercise, const struct command *command, struct err *err)
{
    const struct exercise *other = find(turn, exercise->id);
    struct buf name = BUF_INIT(128);
    int result = 0;

    if (other != NULL) {
        wording_exercise(turn, exercise->id, &name);
        reply_say(&turn->reply, turn->texts, TEXT_RELATED, ARG("exercise", buf_text(&name)));
        result = command->run(turn, span_of(other->name), err) < 0 ? -1 : 1;
    }
    buf_release(&name);
    return result;
}
