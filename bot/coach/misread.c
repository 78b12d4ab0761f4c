/*
 * A try at sets that nobody could read.
 */
#include "bot/coach/misread.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "bot/coach/context.h"
#include "bot/coach/turn.h"
#include "bot/coach/typed.h"
#include "core/lift/exercise.h"
#include "core/notation/scan.h"
#include "core/notation/words.h"
#include "core/text/fold.h"

#define MISREAD                                                                                                        \
    "misread" /* "TIME EXERCISE TEXT", the last one; "-": a name that is only near to some; "!" before it: refused */

enum { NUMBERS_LEAST = 2, NAME_WORDS_MOST = 5 };

/* Words of other times than now, and of talk: what has one is a plan, or tells of what was. */
static bool is_of_now(struct span word)
{
    const struct word_meaning meaning = notation_meaning(word);

    return meaning.word != WORD_STOP && (notation_tells(word, meaning) & (TELLS_OTHERS | TELLS_TIME | TELLS_SPAN)) == 0;
}

/* Whose name TEXT begins with; "-" it is near to some; NULL. */
static const char *find(const struct turn *turn, struct span text)
{
    const struct exercise_names *own = &turn->lifter->names;
    struct span rest = text, whole = typed_exercise(&rest), name = whole;
    struct name_result near;

    if (scan_count_numbers(rest) < NUMBERS_LEAST || !typed_all(text, READING_INPUT_MAX, is_of_now))
        return NULL;
    for (int i = 0; i < NAME_WORDS_MOST && name.length != 0; i++, typed_last_word(&name)) {
        const char *id = exercise_find_exact(own, name);

        if (id != NULL)
            return id;
    }
    exercise_find(own, whole, &near);
    return near.match != NAME_NONE ? "-" : NULL;
}

int misread_note(struct turn *turn, struct span text, bool refused, int64_t sent_ms, struct err *err)
{
    const char *exercise = turn->message->direct && !turn->message->again ? find(turn, text) : NULL;
    size_t length = text_cut(text, UNANSWERED_SHOWN);
    struct buf value = BUF_INIT(256);
    int result;

    if (exercise == NULL || (refused && exercise[0] == '-'))
        return 0;
    while (length != 0 && text.at[length - 1] == ' ')
        length--;
    buf_addf(&value, "%" PRId64 " %s%s ", sent_ms, refused ? "!" : "", exercise);
    buf_add_span(&value, (struct span){text.at, length});
    result = turn->store->value_put(turn->store->self, turn->lifter->id, MISREAD, buf_text(&value), err);
    buf_release(&value);
    return result;
}

/* VALUE as misread_note() writes it. */
static void take(struct unanswered *unanswered, int64_t sent_ms, const char *value)
{
    const char *exercise = strchr(value, ' '), *text = exercise != NULL ? strchr(exercise + 1, ' ') : NULL;
    size_t length;

    if (text == NULL)
        return;
    *unanswered = (struct unanswered){
        .there = true, .unread = true, .refused = exercise[1] == '!', .load_kg = NAN, .sent_ms = sent_ms};
    exercise += unanswered->refused;
    length = (size_t)(text - exercise - 1);
    if (length < sizeof(unanswered->exercise) && exercise[1] != '-')
        memcpy(unanswered->exercise, exercise + 1, length);
    snprintf(unanswered->text, sizeof(unanswered->text), "%s", text + 1);
}

int misread_find(const struct turn *turn, struct unanswered *unanswered, struct err *err)
{
    const struct coach_store *store = turn->store;
    struct buf value = BUF_INIT(256);
    int found = turn->message->direct ? store->value_get(store->self, turn->lifter->id, MISREAD, &value, err) : 0;
    int64_t sent_ms = found == 1 ? strtoll(buf_text(&value), NULL, 10) : 0, now_ms = turn->message->sent_ms;

    if (found == 1 && sent_ms < now_ms && context_same_session(turn, sent_ms, now_ms) &&
        (!(unanswered->there || unanswered->bare) || unanswered->sent_ms < sent_ms))
        take(unanswered, sent_ms, buf_text(&value));
    buf_release(&value);
    return found < 0 ? -1 : 0;
}
