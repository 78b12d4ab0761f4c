/*
 * Asking before a message is booked, and what the answer makes of it.
 */
#include "bot/coach/question.h"

#include <stdio.h>
#include <string.h>

#include "bot/coach/book.h"
#include "bot/coach/choice.h"
#include "bot/coach/contact.h"
#include "bot/coach/names.h"
#include "bot/coach/pounds.h"
#include "bot/coach/qualm.h"
#include "bot/coach/turn.h"
#include "bot/coach/typed.h"
#include "bot/coach/waiting.h"
#include "bot/coach/wording.h"
#include "core/base/ascii.h"
#include "core/notation/piece.h"

enum { LOAD_MAX_KG = 500, REPS_MAX = 100 };

int question_wait(struct turn *turn, struct pending *pending, enum waiting_for waiting, struct err *err)
{
    struct questions questions = {0};
    int result;

    turn->kind = OUT_QUESTION;
    if (turn->following || turn->writer != 0) /* who wrote it could not answer */
        return 0;
    pending->waiting = waiting;
    result = waiting_say(turn, pending, err) < 0 ? -1 : questions_load(turn, &questions, err);
    pending->asked_ms = turn->message->read_ms;
    snprintf(pending->asked_by, sizeof(pending->asked_by), "%s", turn->name != NULL ? turn->name : turn->message->id);
    if (result == 0) {
        struct pending *copy = vec_add(&questions.at);

        *copy = *pending;
        copy->text = mem_strdup(pending->text);
        result = questions_store(turn, &questions, err);
    }
    questions_release(&questions);
    return result;
}

/* Takes question INDEX out, for good; the caller releases PENDING. */
static int take(struct turn *turn, struct questions *questions, size_t index, struct pending *pending, struct err *err)
{
    *pending = questions->at.at[index];
    vec_remove(&questions->at, index);
    turn->unanswered.there = turn->unanswered.bare = false;
    return questions_store(turn, questions, err);
}

/* How many answers the question takes. */
static int answers(struct turn *turn, const struct pending *pending)
{
    switch (pending->waiting) {
    case WAITING_READING:
        return book_option_count(turn, pending);
    case WAITING_REPS:
        return 0; /* a number is the reps */
    case WAITING_NAME:
    case WAITING_EXERCISE:
        return pending->choice_count;
    case WAITING_LOAD:
        return isnan(pending->load_kg) ? 0 : 1;
    case WAITING_CONTACT:
        return pending_choices(pending);
    case WAITING_COMMAND:
        return pending_choices(pending) != 0 ? pending_choices(pending) : 1;
    case WAITING_UNIT:
        return 2;
    default:
        return 1;
    }
}

static void choose(struct pending *pending, int answer)
{
    switch (pending->waiting) {
    case WAITING_READING:
    case WAITING_CONTACT:
    case WAITING_COMMAND:
        pending->option = answer - 1;
        break;
    case WAITING_NAME:
    case WAITING_EXERCISE:
        memcpy(pending->exercise, pending->choices[answer - 1], sizeof(pending->exercise));
        break;
    case WAITING_UNIT:
        pounds_choose(pending, answer);
        break;
    case WAITING_LOAD: /* the one that was offered */
        break;
    default:
        pending->confirmed = true;
    }
}

static int refuse_answer(struct turn *turn, int count)
{
    char number[16];

    if (count == 0)
        return turn_refuse(turn, TEXT_ANSWER_IN_WORDS);
    if (count == 1)
        return turn_refuse(turn, TEXT_ANSWER_ONE);
    turn->kind = OUT_ERROR;
    snprintf(number, sizeof(number), "%d", count);
    reply_say(&turn->reply, turn->texts, TEXT_ANSWER_OUT_OF_RANGE, ARG("count", number));
    return 0;
}

/* "12", "x12", "12 reps @1", "only 12": PIECE is a count of reps, and maybe how hard they were; REPS_UNKNOWN. */
static int reps_alone(const struct piece *piece)
{
    double reps = piece->reps != REPS_UNKNOWN ? piece->reps : piece->number;
    bool more = !isnan(piece->load_kg) || piece->more != 0 || piece->sets != 0 || piece->unit_alone ||
                piece->missed != 0 || piece->type >= 0;

    return !more && reps >= 1.0 && reps <= REPS_MAX && reps == floor(reps) ? (int)reps : REPS_UNKNOWN;
}

static bool put_reps(struct pending *pending, struct span text)
{
    struct buf folded = BUF_INIT(64), whole = BUF_INIT(2 * READING_INPUT_MAX);
    struct piece piece;
    int reps = REPS_UNKNOWN;

    if (typed_fold(text, &folded) == 0 && piece_read(buf_span(&folded), UNIT_KG, &piece))
        reps = reps_alone(&piece);
    if (reps != REPS_UNKNOWN) {
        pending_with_reps(pending, reps, &whole);
        buf_addc(&whole, ' ');
        buf_add_span(&whole, piece.effort);
        pending_set_text(pending, buf_span(&whole));
    }
    buf_release(&folded);
    buf_release(&whole);
    return reps != REPS_UNKNOWN;
}

/* "100x6" behind "squat 100": what was asked about, said anew as a whole. */
static bool put_whole(const struct turn *turn, struct pending *pending, struct span text)
{
    const struct reading_options options = turn_reading_options(turn);
    const struct unanswered *unanswered = &turn->unanswered;
    struct reading reading;
    bool same = unanswered->there;

    reading_init(&reading);
    reading_read(&reading, text, &options);
    same = same && reading.kind == READING_SETS && reading.sets.at[0].load_kg == unanswered->load_kg;
    for (size_t i = 0; same && i < reading.sets.count; i++) {
        const char *exercise = reading.sets.at[i].exercise;

        same = exercise[0] == '\0' || strcmp(exercise, unanswered->exercise) == 0;
    }
    if (same) {
        memcpy(pending->exercise, unanswered->exercise, sizeof(pending->exercise));
        pending_set_text(pending, text);
    }
    reading_release(&reading);
    return same;
}

static bool put_load(const struct turn *turn, struct pending *pending, struct span text)
{
    enum unit written;
    double kg;

    if (!typed_load(text, wording_unit(turn), &kg, &written) || kg <= 0.0 || kg > LOAD_MAX_KG)
        return false;
    pending->load_kg = kg;
    return true;
}

/* Fills PENDING's gap by what was typed: whether it fits. */
static bool fill(struct turn *turn, struct pending *pending, struct span text)
{
    struct name_result found;

    switch (pending->waiting) {
    case WAITING_REPS:
        return put_reps(pending, text) || put_whole(turn, pending, text);
    case WAITING_LOAD:
        return put_load(turn, pending, text);
    case WAITING_NAME:
    case WAITING_EXERCISE:
        exercise_find(&turn->lifter->names, text, &found);
        if (found.match != NAME_EXACT)
            return false;
        memcpy(pending->exercise, found.id[0], sizeof(pending->exercise));
        return true;
    case WAITING_CONTACT:
        return contact_fits(turn, pending, text);
    case WAITING_UNIT:
        return pounds_said(pending, text);
    default:
        return false;
    }
}

static int go_on(struct turn *turn, struct questions *questions, size_t index, struct err *err)
{
    struct pending pending;
    int result = take(turn, questions, index, &pending, err);

    /* What a name means is remembered: it won't be asked again. */
    if (result == 0 && pending.waiting == WAITING_NAME) {
        result = names_learn(turn, pending.unknown, pending.exercise, err);
        pending.exercise[0] = '\0';
    }
    if (result == 0 && pending.waiting == WAITING_UNIT)
        result = pounds_settle(turn, &pending, err);
    if (result == 0 && pending.waiting == WAITING_COMMAND)
        result = choice_answer(turn, &pending, err);
    else if (result == 0 && pending.waiting == WAITING_FIX)
        result = qualm_answer(turn, &pending, err);
    else if (result == 0)
        result = pending.waiting == WAITING_CONTACT ? contact_answer(turn, &pending, err)
                                                    : waiting_book(turn, &pending, err);
    pending_release(&pending);
    return result;
}

static int cancel(struct turn *turn, struct questions *questions, size_t index, struct err *err)
{
    struct pending pending;
    int result = take(turn, questions, index, &pending, err);

    if (result == 0 && pending.waiting == WAITING_CONTACT)
        result = contact_skip(turn, &pending, err);
    else
        reply_say(&turn->reply, turn->texts, TEXT_CANCELLED, ARG("text", pending.text));
    pending_release(&pending);
    return result;
}

/* Whether PENDING is the question that EVENT is about, or asks in its reply. */
static bool is_about(const struct pending *pending, const char *event)
{
    return strcmp(pending->event, event) == 0 || strcmp(pending->asked_by, event) == 0;
}

int question_find(struct turn *turn, const struct questions *questions, const char *event, size_t *index,
                  struct err *err)
{
    struct buf answers = BUF_INIT(PENDING_ID_SIZE), thread = BUF_INIT(PENDING_ID_SIZE);
    int found = 0, known = 0;

    *index = questions->at.count - 1;
    if (event != NULL && questions->at.count != 0)
        known = turn->store->reply_find(turn->store->self, turn->message->transport, event, &answers, &thread, err);
    for (size_t i = 0; i < questions->at.count && event != NULL && known >= 0; i++) {
        if (is_about(&questions->at.at[i], known == 1 ? buf_text(&answers) : event)) {
            *index = i;
            found = 1;
        }
    }
    buf_release(&answers);
    buf_release(&thread);
    return known < 0 ? -1 : found;
}

/* The answer behind the only reading that there is. */
static bool is_something_else(struct turn *turn, const struct pending *pending, int answer)
{
    return answer == 2 && answers(turn, pending) == 1 &&
           (pending->waiting == WAITING_READING || pending->waiting == WAITING_GUESS ||
            pending->waiting == WAITING_FIX);
}

bool question_offers(struct turn *turn, const struct pending *pending, int answer)
{
    const bool of_numbers = pending->waiting == WAITING_REPS || pending->waiting == WAITING_LOAD ||
                            pending->waiting == WAITING_CONTACT || pending->waiting == WAITING_UNIT;

    return of_numbers || answer <= answers(turn, pending) || is_something_else(turn, pending, answer);
}

int question_answer(struct turn *turn, struct questions *questions, size_t index, int answer, struct err *err)
{
    struct pending *pending = &questions->at.at[index];
    char digit[2] = {(char)('0' + answer), '\0'};

    if (answer == ANSWER_CANCEL || is_something_else(turn, pending, answer))
        return cancel(turn, questions, index, err);
    if (answer <= answers(turn, pending))
        choose(pending, answer);
    else if (!fill(turn, pending, span_of(digit)))
        return refuse_answer(turn, answers(turn, pending));
    return go_on(turn, questions, index, err);
}

/* "about 6 years" says itself what it answers, whatever was asked since. */
static bool is_in_words(struct span text)
{
    for (size_t i = 0; i < text.length; i++)
        if (ascii_is_alnum(text.at[i]) && !ascii_is_digit(text.at[i]))
            return true;
    return false;
}

int question_answer_words(struct turn *turn, struct questions *questions, struct span text, struct err *err)
{
    for (size_t i = questions->at.count; text.length != 0 && i-- > 0;) {
        struct pending *pending = &questions->at.at[i];
        bool asked_last = i + 1 == questions->at.count;

        if ((asked_last || (pending->waiting == WAITING_CONTACT && is_in_words(text))) && fill(turn, pending, text))
            return go_on(turn, questions, i, err) < 0 ? -1 : 1;
    }
    return 0;
}

int question_correct(struct turn *turn, struct questions *questions, struct span text, struct err *err)
{
    enum waiting_for waiting =
        questions->at.count != 0 ? questions->at.at[questions->at.count - 1].waiting : WAITING_NOTHING;

    if (waiting != WAITING_REPS && waiting != WAITING_NAME && waiting != WAITING_EXERCISE && waiting != WAITING_UNIT)
        return 0;
    return question_answer_words(turn, questions, text, err);
}

int question_named(struct turn *turn, const char *name, const char *exercise, struct err *err)
{
    struct questions questions;
    int result = questions_load(turn, &questions, err);

    for (size_t i = questions.at.count; result == 0 && i-- > 0;) {
        struct pending *pending = &questions.at.at[i];

        if (pending->waiting != WAITING_NAME || strcmp(pending->unknown, name) != 0)
            continue;
        snprintf(pending->exercise, sizeof(pending->exercise), "%s", exercise);
        result = go_on(turn, &questions, i, err) < 0 ? -1 : 1;
    }
    questions_release(&questions);
    return result;
}

int question_text(struct turn *turn, const char *event, struct buf *text, struct err *err)
{
    struct questions questions;
    int result = questions_load(turn, &questions, err);

    for (size_t i = 0; result == 0 && i < questions.at.count; i++)
        if (strcmp(questions.at.at[i].event, event) == 0) {
            buf_adds(text, questions.at.at[i].text);
            result = 1;
        }
    questions_release(&questions);
    return result;
}

int question_drop(struct turn *turn, const char *event, struct err *err)
{
    struct questions questions;
    int result = questions_load(turn, &questions, err);
    bool dropped = false;

    for (size_t i = questions.at.count; result == 0 && i-- > 0;) {
        if (strcmp(questions.at.at[i].event, event) != 0)
            continue;
        pending_release(&questions.at.at[i]);
        vec_remove(&questions.at, i);
        dropped = true;
    }
    if (dropped)
        result = questions_store(turn, &questions, err);
    questions_release(&questions);
    return result < 0 ? -1 : dropped;
}
