/*
 * Reactions. What one is on says what it means: a question of ours is answered, advice that still holds is taken. Each
 * is an input of its own, so that seen twice it counts once, and what it did goes with it when it is taken off.
 */
#include "bot/coach/react.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "bot/coach/advise.h"
#include "bot/coach/checkin.h"
#include "bot/coach/context.h"
#include "bot/coach/earlier.h"
#include "bot/coach/wording.h"

/* ---------------------------------------------------------------- questions */

/* A reaction gets no answer of its own: the question is edited into what came of it. */
static int answer_question(struct turn *turn, struct questions *questions, size_t index, int answer, struct err *err)
{
    const struct message *message = turn->message;
    const struct pending *pending = &questions->at.at[index];
    struct buf edits = BUF_INIT(PENDING_ID_SIZE);
    struct message as = *message;
    int result;

    buf_adds(&edits, pending->asked_by[0] != '\0' ? pending->asked_by : pending->event);
    as.id = buf_text(&edits);
    turn->message = &as;
    turn->edits = as.id;
    result = question_answer(turn, questions, index, answer, err);
    if (result == 0)
        result = turn_say(turn, err);
    turn->message = message;
    buf_release(&edits);
    return result;
}

/* Whether the reaction is meant for QUESTION: a thumb is "yes", which is no choice among several. */
static bool is_answer(const struct pending *question, const struct message *message)
{
    return pending_choices(question) == 0 || !chat_reaction_agrees(span_of(message->text));
}

/* 1 when the reaction was on a question of ours, 0, -1. */
static int answer_if_asked(struct turn *turn, int answer, struct err *err)
{
    const struct message *message = turn->message;
    struct questions questions;
    size_t index;
    int result = questions_load(turn, &questions, err), found = 0;

    if (result == 0)
        found = question_find(turn, &questions, message->target, &index, err);
    if (found == 1 && is_answer(&questions.at.at[index], message)) {
        result = turn->store->input_claim(turn->store->self, message, turn->lifter->id, &turn->input, err);
        if (result == 1)
            result = answer_question(turn, &questions, index, answer, err);
    }
    questions_release(&questions);
    return result < 0 || found < 0 ? -1 : found;
}

/* ---------------------------------------------------------------- advice */

/* Advice that a reply gave: to be taken for as long as no other set has come. */
struct given {
    int64_t at_ms; /* when the last set before it was done; -1: there was none in that session */
    char exercise[EXERCISE_ID_SIZE];
};

static void value_name(const struct turn *turn, struct buf *out)
{
    buf_addf(out, "advised:%s", turn->message->transport);
}

static int64_t moment_ms(const struct turn *turn)
{
    const struct logged_set *moment = context_moment(turn, turn->message->sent_ms);

    return moment != NULL ? moment->at_ms : -1;
}

int react_note(struct turn *turn, struct err *err)
{
    struct buf name = BUF_INIT(256), value = BUF_INIT(1024);
    int result = 0;

    if (turn->advised) {
        value_name(turn, &name);
        buf_addf(&value, "%" PRId64 " %s %s", moment_ms(turn), turn->advice_exercise, turn->message->id);
        result = turn->store->value_put(turn->store->self, turn->lifter->id, buf_text(&name), buf_text(&value), err);
    }
    buf_release(&name);
    buf_release(&value);
    return result;
}

/* Whether the reply to EVENT is the one that was noted last: 1, 0, -1. */
static int find_noted(struct turn *turn, const char *event, struct given *given, struct err *err)
{
    struct buf name = BUF_INIT(256), value = BUF_INIT(1024);
    char *exercise, *id;
    int found;

    value_name(turn, &name);
    found = turn->store->value_get(turn->store->self, turn->lifter->id, buf_text(&name), &value, err);
    if (found == 1) {
        given->at_ms = strtoll(buf_text(&value), &exercise, 10);
        exercise += *exercise == ' ';
        id = strchr(exercise, ' ');
        found = id != NULL && strcmp(id + 1, event) == 0;
        if (found == 1)
            snprintf(given->exercise, sizeof(given->exercise), "%.*s", (int)(id - exercise), exercise);
    }
    buf_release(&name);
    buf_release(&value);
    return found;
}

/* The same for the reply to a set: its own advice follows that set. A summary gives none. */
static int find_of_set(struct turn *turn, const char *event, struct given *given, struct err *err)
{
    struct buf reply = BUF_INIT(PENDING_ID_SIZE);
    struct set_list sets = {0};
    struct coach_input input;
    int found = turn->store->input_find(turn->store->self, turn->message->transport, event, &input, err);

    if (found == 1 && input.lifter != turn->lifter->id)
        found = 0;
    if (found == 1 && turn->store->sets_of_input(turn->store->self, input.id, set_list_add, &sets, err) < 0)
        found = -1;
    if (found == 1 && (sets.sets.count == 0 || sets.at_ms != input.sent_ms))
        found = 0;
    if (found == 1) {
        given->at_ms = sets.at_ms;
        memcpy(given->exercise, sets.sets.at[sets.sets.count - 1].exercise, sizeof(given->exercise));
        found = earlier_reply(turn, event, &reply, err);
    }
    if (found == 1)
        found = strcmp(buf_text(&reply), event) == 0;
    buf_release(&reply);
    set_list_release(&sets);
    return found;
}

/* What the lifter would have typed: "ok", or where that would be another exercise's, the set. */
static void write_for(const struct turn *turn, const struct given *given, struct buf *text)
{
    const struct logged_set *moment = context_moment(turn, turn->message->sent_ms);
    struct set set;

    if (moment != NULL && strcmp(moment->set.exercise, given->exercise) == 0) {
        buf_adds(text, "ok");
        return;
    }
    set_init(&set);
    memcpy(set.exercise, given->exercise, sizeof(set.exercise));
    set.load_kg = turn->advice.load_kg;
    set.load_mode = turn->advice.load_mode;
    set.unit = wording_unit(turn);
    set.reps = turn->advice.reps;
    notation_print(&set, wording_style(turn), true, text);
}

static int book_advised(struct turn *turn, const struct given *given, struct err *err)
{
    const struct message *message = turn->message;
    struct buf text = BUF_INIT(READING_INPUT_MAX);
    struct message as = *message;
    struct pending pending;
    int result = advise(turn, given->exercise, message->sent_ms, err);
    const struct advice *advice = turn->lead.there ? &turn->lead.advice : &turn->advice;

    if (result < 0 || advice->reps == REPS_UNKNOWN || isnan(advice->load_kg)) {
        buf_release(&text);
        return result; /* a thumb on "next exercise" is a thumb */
    }
    write_for(turn, given, &text);
    turn->advised = false;
    as.text = buf_text(&text);
    as.target = NULL;
    as.addressed = true;
    turn->message = &as;
    pending_init(&pending, as.id, 0, as.sent_ms, buf_span(&text));
    pending.unit = (int)wording_style(turn).unit; /* it is printed for that one */
    result = turn_hear(turn, &pending, err);
    if (result == 0)
        result = turn_end(turn, err);
    turn->message = message;
    pending_release(&pending);
    buf_release(&text);
    return result;
}

/* Whoever is at it would wait for an answer. */
static int say_old(struct turn *turn, struct err *err)
{
    int result = turn->store->input_claim(turn->store->self, turn->message, turn->lifter->id, &turn->input, err);

    if (result != 1)
        return result;
    turn_refuse(turn, TEXT_ADVICE_OLD);
    return turn_end(turn, err);
}

static int take_advice(struct turn *turn, const char *event, struct err *err)
{
    struct given given;
    int64_t at_ms;
    int found = find_noted(turn, event, &given, err);

    if (found == 0)
        found = find_of_set(turn, event, &given, err);
    if (found != 1)
        return found;
    if (advise_load(turn, turn->message->sent_ms, err) < 0)
        return -1;
    at_ms = moment_ms(turn);
    if (given.at_ms == at_ms)
        return book_advised(turn, &given, err);
    return at_ms < 0 ? 0 : say_old(turn, err); /* after the session it's a farewell */
}

/* ---------------------------------------------------------------- check-ins */

/* One number for all five: what the lifter would have typed. */
static int answer_checkin(struct turn *turn, const char *event, int answer, struct err *err)
{
    const struct message *message = turn->message;
    struct message as = *message;
    struct pending pending;
    char text[16];
    int result = answer <= 5 ? checkin_asked_by(turn, event, err) : 0;

    if (result != 1)
        return result;
    snprintf(text, sizeof(text), "%d %d %d %d %d", answer, answer, answer, answer, answer);
    as.text = text;
    as.target = NULL;
    turn->message = &as;
    pending_init(&pending, as.id, 0, as.sent_ms, span_of(text));
    result = turn_hear(turn, &pending, err);
    if (result == 0)
        result = turn_end(turn, err);
    turn->message = message;
    pending_release(&pending);
    return result;
}

/* ---------------------------------------------------------------- the reaction */

/* A reply of ours stands for the message that it answers, and for its thread. A thumb is on advice, a number on the
 * questions of a check-in. */
static int take_on_ours(struct turn *turn, int answer, struct err *err)
{
    struct buf event = BUF_INIT(PENDING_ID_SIZE), thread = BUF_INIT(PENDING_ID_SIZE);
    const struct message *message = turn->message;
    struct message as = *message;
    int result = turn->store->reply_find(turn->store->self, message->transport, message->target, &event, &thread, err);

    if (result == 0) /* a transport where replies have no ids of their own */
        buf_adds(&event, message->target);
    as.thread = thread.length != 0 ? buf_text(&thread) : NULL;
    turn->message = &as;
    if (result >= 0 && chat_reaction_agrees(span_of(message->text)))
        result = take_advice(turn, buf_text(&event), err);
    else if (result >= 0)
        result = answer_checkin(turn, buf_text(&event), answer, err);
    turn->message = message;
    buf_release(&event);
    buf_release(&thread);
    return result;
}

int react(struct coach *coach, const struct message *message, struct err *err)
{
    int answer = chat_reaction(span_of(message->text));
    struct turn turn;
    int64_t lifter;
    bool is_new;
    int result;

    if (answer < 0)
        return 0;
    if (coach->store->lifter_open(coach->store->self, message->transport, message->sender, message->sent_ms, &lifter,
                                  &is_new, err) < 0)
        return -1;
    result = turn_open(&turn, coach, message, lifter, 0, err);
    if (result == 0)
        result = answer_if_asked(&turn, answer, err);
    if (result == 0 && message->addressed)
        result = take_on_ours(&turn, answer, err);
    turn_close(&turn);
    return result < 0 ? -1 : 0;
}
