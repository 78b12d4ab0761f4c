/*
 * From what is left of a sentence to a question.
 */
#include "bot/coach/gist.h"

#include <math.h>
#include <string.h>

#include "bot/chat/phrase.h"
#include "bot/coach/book.h"
#include "bot/coach/context.h"
#include "bot/coach/setting.h"
#include "bot/coach/turn.h"
#include "bot/coach/typed.h"
#include "bot/coach/wording.h"
#include "core/lift/plates.h"
#include "core/notation/gist.h"
#include "core/notation/hunch.h"
#include "core/notation/hunch_drop.h"
#include "core/notation/walk.h"

enum { SETS_MOST = 10, REPS_MOST = 50, NAME_WORDS = 4 };

/* Whether a guess was read as sets that people do, and nothing of them is missing. A number that no reader knows lands
 * in the note. */
static bool is_whole(const struct reading *reading)
{
    if (reading->kind != READING_SETS || reading->bare || reading->sets.count > SETS_MOST)
        return false;
    for (size_t i = 0; i < reading->sets.count; i++) {
        const struct set *set = &reading->sets.at[i];

        if ((set->reps == REPS_UNKNOWN && isnan(set->seconds)) || set->note[0] != '\0' || set->reps > REPS_MOST)
            return false;
    }
    return true;
}

/* Whether it is known, or the log tells, which exercise it was. */
static bool has_exercise(const struct turn *turn, int64_t sent_ms)
{
    return turn->coach->reading.sets.at[0].exercise[0] != '\0' || turn->lead.there ||
           context_moment(turn, sent_ms) != NULL || (turn->onto.meant && turn->onto.mentioned[0] != '\0') ||
           (unanswered_since(turn, sent_ms) && turn->unanswered.exercise[0] != '\0');
}

/* The mildest guess at FOLDED that reads as sets, in WORDS. */
static bool find(struct turn *turn, struct span folded, int64_t sent_ms, struct buf *words)
{
    const struct reading_options options = turn_reading_options(turn);
    struct reading *reading = &turn->coach->reading;

    for (enum gist gist = GIST_ALL_WORDS; gist < GIST_COUNT; gist++) {
        if (!gist_write(folded, &turn->lifter->names, gist, words))
            continue;
        reading_read(reading, buf_span(words), &options);
        if (is_whole(reading))
            return has_exercise(turn, sent_ms);
    }
    return false;
}

/* What the bar weighs that EXERCISE is done with; 0: it is done with none. */
static double bar_of(const struct turn *turn, const char *exercise)
{
    const struct equipment equipment = setting_equipment(turn->lifter, turn->coach->options.unit);
    const struct exercise *known = lifter_exercise(turn->lifter, exercise);

    return known != NULL && known->equipment == EQUIPMENT_BARBELL ? plates_bar(&equipment) : 0;
}

/* SET behind the name of LAST's exercise; reps alone are read as they go on from LAST, sides and all. */
static void write_named(const struct turn *turn, const struct set *last, struct span set, struct buf *words)
{
    buf_clear(words);
    if (last->load_mode == LOAD_BODYWEIGHT || set.at[0] != 'x') {
        wording_exercise(turn, last->exercise, words);
        buf_addc(words, ' ');
    }
    buf_add_span(words, set);
}

/* SET of LAST's exercise, and what is TOLD of it, in WORDS: whether that is read as sets; what can't be read is a note.
 */
static bool read_named(struct turn *turn, const struct set *last, struct span set, struct span told, struct buf *words)
{
    const struct reading_options options = turn_reading_options(turn);
    struct reading *reading = &turn->coach->reading;

    for (int as_note = 0; as_note <= (told.length != 0); as_note++) {
        write_named(turn, last, set, words);
        if (told.length != 0)
            buf_addf(words, as_note == 0 ? ", %.*s" : " (%.*s)", (int)told.length, told.at);
        reading_read(reading, buf_span(words), &options);
        if (reading->kind == READING_SETS)
            return true;
    }
    return reading->kind == READING_QUESTION;
}

/* The set that what is typed at SENT_MS goes on from: the last one, or that of a guess that is asked about since; NULL.
 */
static const struct set *set_before(const struct turn *turn, int64_t sent_ms)
{
    const struct logged_set *last = context_moment(turn, sent_ms);

    if (unanswered_since(turn, sent_ms))
        return turn->unanswered.guessed ? &turn->unanswered.last : NULL;
    return last != NULL && sent_ms - last->at_ms <= CONTEXT_HOLDS_MS ? &last->set : NULL;
}

/* What TEXT, which is FOLDED, may tell of one more set behind the last one, in WORDS. */
static enum hunch_kind find_onward(struct turn *turn, struct span text, struct span folded, int64_t sent_ms,
                                   struct buf *words)
{
    const struct set *last = turn->message->direct ? set_before(turn, sent_ms) : NULL;
    const char *named = gist_exercise(folded, &turn->lifter->names);
    struct buf set = BUF_INIT(READING_INPUT_MAX), told = BUF_INIT(READING_INPUT_MAX);
    enum hunch_kind kind = HUNCH_NONE;

    if (last != NULL && (named == NULL || strcmp(named, last->exercise) == 0)) {
        kind = hunch_read(text, last, bar_of(turn, last->exercise), &set, &told);
        if (kind == HUNCH_NONE && hunch_drop_read(folded, last, &set))
            kind = HUNCH_LIKELY;
        if (kind != HUNCH_NONE && !read_named(turn, last, buf_span(&set), buf_span(&told), words))
            kind = HUNCH_NONE;
        if (kind != HUNCH_NONE && last == &turn->unanswered.last) /* no clearer than what it goes on from */
            kind = buf_text(&set)[0] == 'x' ? HUNCH_NONE : HUNCH_LIKELY;
    }
    buf_release(&set);
    buf_release(&told);
    return kind;
}

static int ask(struct turn *turn, struct span words, int64_t sent_ms, struct err *err)
{
    struct pending pending;
    int result;

    pending_init(&pending, turn->message->id, turn->heard->input, sent_ms, words);
    pending.guessed = true;
    result = book(turn, &pending, err);
    pending_release(&pending);
    return result < 0 ? -1 : 1;
}

/* The words that TEXT may mean: what it names, if it is of now and of who writes, or one more set; ONWARD: that alone.
 */
static enum hunch_kind find_any(struct turn *turn, struct span text, int64_t sent_ms, bool onward, struct buf *words)
{
    struct buf folded = BUF_INIT(READING_INPUT_MAX);
    enum hunch_kind kind = HUNCH_NONE;

    if (typed_fold(text, &folded) == 0)
        kind = !onward && !phrase_tells_much(buf_span(&folded)) && find(turn, buf_span(&folded), sent_ms, words)
                   ? HUNCH_LIKELY
                   : find_onward(turn, text, buf_span(&folded), sent_ms, words);
    buf_release(&folded);
    return kind;
}

static int guess(struct turn *turn, struct span text, int64_t sent_ms, bool onward, struct err *err)
{
    struct buf words = BUF_INIT(READING_INPUT_MAX);
    enum hunch_kind kind = HUNCH_NONE;
    int result = 0;

    if (!turn->message->again && !turn->following && !turn->dry)
        kind = find_any(turn, text, sent_ms, onward, &words);
    if (kind == HUNCH_CLEAR)
        result = book_words(turn, buf_span(&words), err) < 0 ? -1 : 1;
    else if (kind == HUNCH_LIKELY)
        result = ask(turn, buf_span(&words), sent_ms, err);
    buf_release(&words);
    return result;
}

int gist_ask(struct turn *turn, struct span text, int64_t sent_ms, struct err *err)
{
    return guess(turn, text, sent_ms, false, err);
}

/* What was read of it is a load by each side, and no exercise: "20 pro Seite, 8". */
static bool is_sided(const struct turn *turn)
{
    const struct reading *reading = &turn->coach->reading;

    for (size_t i = 0; i < reading->sets.count; i++)
        if (reading->sets.at[i].exercise[0] != '\0' || reading->sets.at[i].side != SIDE_EACH ||
            isnan(reading->sets.at[i].load_kg))
            return false;
    return reading->kind == READING_SETS && reading->sets.count == 1;
}

int gist_ask_plates(struct turn *turn, struct span text, int64_t sent_ms, struct err *err)
{
    const struct logged_set *last = is_sided(turn) ? context_moment(turn, sent_ms) : NULL;

    if (last == NULL || last->set.side != SIDE_NONE || bar_of(turn, last->set.exercise) == 0 || turn->writer != 0)
        return 0;
    return guess(turn, text, sent_ms, true, err);
}

const char *gist_named(const struct turn *turn, struct span text)
{
    struct buf folded = BUF_INIT(READING_INPUT_MAX);
    const char *id = NULL;

    if (typed_fold(text, &folded) == 0 && !phrase_tells_much(buf_span(&folded)))
        id = gist_exercise(buf_span(&folded), &turn->lifter->names);
    buf_release(&folded);
    return id;
}

/* The only exercise that FOLDED names; NULL: none, or several. */
static const char *only_named(struct span folded, const struct exercise_names *names)
{
    const char *only = NULL;

    while (folded.length != 0) {
        const struct span name = walk_name(folded, names, NAME_WORDS);
        const char *id = name.length != 0 ? exercise_find_folded(names, name) : NULL;

        if (id != NULL && only != NULL && strcmp(id, only) != 0)
            return NULL;
        only = id != NULL ? id : only;
        folded = id != NULL ? span_past(folded, (size_t)(name.at + name.length - folded.at)) : walk_behind(folded);
    }
    return only;
}

const char *gist_mentioned(const struct turn *turn, struct span text)
{
    struct buf folded = BUF_INIT(READING_INPUT_MAX);
    const char *id = typed_fold(text, &folded) == 0 ? only_named(buf_span(&folded), &turn->lifter->names) : NULL;

    buf_release(&folded);
    return id;
}
