/*
 * The exercise that somebody turned to.
 */
#include "bot/coach/onto.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "bot/coach/commands.h"
#include "bot/coach/context.h"
#include "bot/coach/turn.h"
#include "bot/coach/typed.h"
#include "core/base/ascii.h"
#include "core/notation/walk.h"
#include "core/notation/words.h"

#define MENTIONED '?' /* stands before the exercise that was only spoken of, */
#define MEANT '!'     /* and this, if nothing says that it isn't to be done now */
#define ONTO "onto"   /* lines of "TIME EXERCISE", the latest last: of a set that is read anew an older one may hold */

enum { KEPT = 8, NAME_WORDS = 4, MEANT_MOST = 128 /* bytes; what is longer is a story */ };

/* The last KEPT - 1 lines of VALUE. */
static struct span latest(struct span value)
{
    size_t lines = 0;

    for (size_t at = value.length; at-- > 0;)
        if (value.at[at] == '\n' && ++lines == KEPT)
            return span_past(value, at + 1);
    return value;
}

static bool is_mention(struct span line)
{
    return memchr(line.at, MENTIONED, line.length) != NULL || memchr(line.at, MEANT, line.length) != NULL;
}

/* Those of KEPT; of what was only MENTIONED the last one is enough. */
static void add_latest(struct span kept, bool mentioned, struct buf *value)
{
    for (struct span rest = latest(kept); rest.length != 0;) {
        const struct span line = span_take(&rest, '\n');

        if (mentioned && is_mention(line))
            continue;
        buf_add_span(value, line);
        buf_addc(value, '\n');
    }
}

static int keep(struct turn *turn, const char *mark, const char *exercise, struct err *err)
{
    const struct coach_store *store = turn->store;
    struct buf kept = BUF_INIT(KEPT * 96), value = BUF_INIT(KEPT * 96);
    int result = 0;

    if (!turn->message->direct || turn->message->again || turn->dry)
        return 0;
    result = store->value_get(store->self, turn->lifter->id, ONTO, &kept, err);
    if (result >= 0) {
        add_latest(buf_span(&kept), mark[0] != '\0', &value);
        buf_addf(&value, "%" PRId64 " %s%s\n", turn->message->sent_ms, mark, exercise);
        result = store->value_put(store->self, turn->lifter->id, ONTO, buf_text(&value), err);
    }
    buf_release(&kept);
    buf_release(&value);
    return result < 0 ? -1 : 0;
}

int onto_note(struct turn *turn, const char *exercise, struct err *err)
{
    return keep(turn, "", exercise, err);
}

/* WORD isn't of others, of another day or of what isn't done: "can't bench today". */
static bool is_of_now(struct span word)
{
    static const unsigned other = TELLS_OTHERS | TELLS_UNSURE | TELLS_TIME | TELLS_UNDONE;
    const struct word_meaning meaning = notation_meaning(word);

    return (notation_tells(word, meaning) & other) == 0 && (meaning.says & SAYS_OTHERS) == 0 &&
           (meaning.roles & (ROLE_DENIES | ROLE_NEGATES)) == 0;
}

int onto_mention(struct turn *turn, const char *exercise, struct span text, bool asks, struct err *err)
{
    return keep(turn, (char[]){!asks && typed_all(text, MEANT_MOST, is_of_now) ? MEANT : MENTIONED, '\0'}, exercise,
                err);
}

/* The latest of VALUE's lines before AT_MS. */
static void take(struct onto *onto, struct span value, int64_t at_ms, int64_t *mentioned_ms)
{
    while (value.length != 0) {
        struct span line = span_take(&value, '\n');
        const struct span time = span_take(&line, ' ');
        const int64_t sent_ms = strtoll(time.at, NULL, 10);

        if (sent_ms >= at_ms || line.length >= sizeof(onto->exercise))
            continue;
        if (is_mention(line)) {
            *mentioned_ms = sent_ms;
            onto->meant = line.at[0] == MEANT;
            snprintf(onto->mentioned, sizeof(onto->mentioned), "%.*s", (int)line.length - 1, line.at + 1);
            continue;
        }
        onto->sent_ms = sent_ms;
        snprintf(onto->exercise, sizeof(onto->exercise), "%.*s", (int)line.length, line.at);
    }
}

/* Whether EXERCISE, said at SENT_MS, tells of what is typed at AT_MS: nothing was done since, in the same session. */
static bool tells(const struct turn *turn, const char *exercise, int64_t sent_ms, int64_t at_ms)
{
    const struct logged_set *moment = context_moment(turn, at_ms);

    return exercise[0] != '\0' && context_same_session(turn, sent_ms, at_ms) &&
           (moment == NULL || moment->at_ms < sent_ms) && lifter_exercise(turn->lifter, exercise) != NULL;
}

int onto_find(struct turn *turn, int64_t at_ms, struct err *err)
{
    const struct coach_store *store = turn->store;
    struct onto *onto = &turn->onto;
    struct buf value = BUF_INIT(KEPT * 96);
    int found = turn->message->direct ? store->value_get(store->self, turn->lifter->id, ONTO, &value, err) : 0;
    int64_t mentioned_ms = 0;

    onto->exercise[0] = onto->mentioned[0] = '\0';
    onto->meant = false;
    if (found == 1)
        take(onto, buf_span(&value), at_ms, &mentioned_ms);
    if (!tells(turn, onto->exercise, onto->sent_ms, at_ms))
        onto->exercise[0] = '\0';
    if (!tells(turn, onto->mentioned, mentioned_ms, at_ms))
        onto->mentioned[0] = '\0';
    buf_release(&value);
    return found < 0 ? -1 : 0;
}

/* TEXT without the signs at its end. */
static struct span bare(struct span text)
{
    while (text.length != 0 && strchr(",.!:", text.at[text.length - 1]) != NULL)
        text.length--;
    return text;
}

/* Words by which somebody goes on to an exercise. */
static bool says_little(struct span typed)
{
    const struct span word = bare(typed);
    const struct word_meaning meaning = notation_meaning(word);

    return meaning.word == WORD_AND || (meaning.traits & TRAIT_THEN) != 0 ||
           (meaning.says & (SAYS_NOW | SAYS_ONTO)) != 0 || typed_is(word, "ok,okay");
}

/* FOLDED without such words at its front and its back, unless they are of a name: "pull up". */
static struct span without_words(const struct turn *turn, struct span folded)
{
    struct span rest = folded;

    while (rest.length != 0 && says_little(typed_word(&rest)))
        folded = rest;
    for (rest = folded; rest.length != 0; folded = rest)
        if (exercise_find_folded(&turn->lifter->names, bare(rest)) != NULL || !says_little(typed_last_word(&rest)))
            break;
    return folded;
}

/* "then i do pull up. 8" without the number at its end, which isn't said to be of anything. */
static struct span without_count(struct span folded)
{
    size_t length = folded.length;

    while (length != 0 && ascii_is_digit(folded.at[length - 1]))
        length--;
    if (length == folded.length || length < 2 || folded.at[length - 1] != ' ' ||
        strchr(".:,", folded.at[length - 2]) == NULL)
        return folded;
    return (struct span){folded.at, length - 1};
}

/* "done w squats", "fertig mit Kniebeugen": each word of CLAUSE is of that somebody leaves what they did. */
static bool says_leaving(const struct turn *turn, struct span clause)
{
    static const char leaving[] = "done,finished,fertig,durch,genug,enough,erledigt,through,that's,thats,war's,wars";
    bool leaves = false;

    while (clause.length != 0) {
        struct span rest = clause, word = bare(typed_word(&rest));
        const struct span name = walk_name(clause, &turn->lifter->names, NAME_WORDS);
        const bool leaver = typed_is(word, leaving);

        leaves |= leaver;
        if (name.length != 0)
            rest = span_past(clause, (size_t)(name.at + name.length - clause.at));
        else if (!leaver && !says_little(word) &&
                 !typed_is(word, "with,w,w/,mit,the,den,of,it,bin,sind,today,heute,all"))
            return false;
        clause = rest;
    }
    return leaves;
}

/* "incline db first", "jetzt Kniebeugen": a word of CLAUSE says that they go on, whatever is told before. */
static bool says_onward(struct span clause)
{
    while (clause.length != 0)
        if ((notation_meaning(bare(typed_word(&clause))).says & (SAYS_NOW | SAYS_ONTO)) != 0)
            return true;
    return false;
}

/* FOLDED without clauses in front: such in which somebody leaves what they did, or any before one that goes on. */
static struct span last_clause(const struct turn *turn, struct span folded)
{
    for (size_t i = folded.length; i-- > 1;) {
        const struct span front = {folded.at, i - 1}, last = span_past(folded, i);

        if (folded.at[i] == ' ' && strchr(",.;!", folded.at[i - 1]) != NULL &&
            ((says_onward(last) && !span_has_digit(front)) || says_leaving(turn, front)))
            return last;
    }
    return folded;
}

int onto_hear(struct turn *turn, struct span text, struct err *err)
{
    struct buf folded = BUF_INIT(128);
    struct span name;
    int result = 0;

    if (!turn->message->direct || turn->message->again || turn->dry || typed_fold(text, &folded) != 0)
        name = (struct span){text.at, 0};
    else
        name = without_words(turn, last_clause(turn, without_count(buf_span(&folded))));
    name = bare(name);
    if (name.length != 0 && exercise_find_folded(&turn->lifter->names, name) != NULL)
        result = next_command.run(turn, name, err) < 0 ? -1 : 1;
    buf_release(&folded);
    return result;
}
