/*
 * Questions and refusals in words. A question is one line and its numbered answers.
 */
#include "bot/coach/ask.h"

#include <stdio.h>
#include <string.h>

#include "bot/coach/context.h"
#include "bot/coach/fix.h"
#include "bot/coach/typed.h"
#include "bot/coach/unanswered.h"
#include "bot/coach/wording.h"

void ask_option(struct turn *turn, const char *text, const struct set *sets, size_t count)
{
    char number[24];

    vec_push(&turn->options, ((struct reading_option){.first = turn->option_sets.count, .count = count}));
    for (size_t i = 0; i < count; i++)
        vec_push(&turn->option_sets, sets[i]);
    snprintf(number, sizeof(number), "%zu ", turn->options.count);
    reply_line(&turn->reply, false);
    reply_add(&turn->reply, REPLY_STRONG, number);
    reply_add(&turn->reply, REPLY_PLAIN, text);
}

void ask_refuse(struct turn *turn, const char *error, const char *hint)
{
    turn->kind = OUT_ERROR;
    reply_line(&turn->reply, false);
    reply_add(&turn->reply, REPLY_PLAIN, error);
    if (hint[0] != '\0') {
        reply_line(&turn->reply, false);
        reply_add(&turn->reply, REPLY_PLAIN, hint);
    }
    snprintf(turn->hint, sizeof(turn->hint), "%s", hint);
}

/* Adds the reading's options; those that leave the exercise open only where it isn't what is asked. */
static size_t add_reading_options(struct turn *turn, bool open)
{
    const struct reading *reading = &turn->coach->reading;
    struct buf line = BUF_INIT(1024);

    for (size_t i = 0; i < reading->option_count; i++) {
        const struct set *sets = &reading->option_sets.at[reading->options[i].first];

        if (!open && sets->exercise[0] == '\0')
            continue;
        buf_clear(&line);
        wording_sets(turn, sets, reading->options[i].count, true, &line);
        ask_option(turn, buf_text(&line), sets, reading->options[i].count);
    }
    buf_release(&line);
    return turn->options.count;
}

/* A name that is not known: the nearest ones, and how to add it. */
static int ask_name(struct turn *turn, struct pending *pending, struct err *err)
{
    const struct reading *reading = &turn->coach->reading;
    const struct texts *texts = turn->texts;
    bool near = reading->option_sets.count != 0 && reading->option_sets.at[0].exercise[0] != '\0';
    struct buf name = BUF_INIT(READING_INPUT_MAX);
    size_t count;

    typed_as_written(span_of(pending->text), reading->unknown_name, &name);
    reply_say(&turn->reply, texts, near ? TEXT_ASK_NAME_NEAR : TEXT_ASK_NAME, ARG("name", buf_text(&name)));
    count = add_reading_options(turn, false);
    reply_say(&turn->reply, texts, TEXT_ASK_NAME_NEW, ARG("name", buf_text(&name)));
    buf_release(&name);
    snprintf(pending->unknown, sizeof(pending->unknown), "%s", reading->unknown_name);
    pending->choice_count = 0;
    for (size_t i = 0; i < count; i++)
        memcpy(pending->choices[pending->choice_count++], turn->option_sets.at[turn->options.at[i].first].exercise,
               EXERCISE_ID_SIZE);
    return question_wait(turn, pending, WAITING_NAME, err);
}

/* "8x12" is sets of reps, or a load: what each would be, in words. */
static void add_order_option(struct turn *turn, const struct set *sets, size_t count)
{
    const struct texts *texts = turn->texts;
    bool load = count == 1 && !isnan(sets->load_kg);
    struct buf line = BUF_INIT(256), weight = BUF_INIT(64);
    char many[24], reps[16];

    snprintf(many, sizeof(many), "%zu", count);
    snprintf(reps, sizeof(reps), "%d", sets->reps);
    if (load)
        wording_load(turn, sets->load_mode, sets->load_kg, &weight);
    reply_phrase(texts, load ? TEXT_ASK_ORDER_LOAD : TEXT_ASK_ORDER_SETS,
                 REPLY_ARGS(ARG("count", many), ARG("reps", reps), ARG("load", buf_text(&weight))), &line);
    ask_option(turn, buf_text(&line), sets, count);
    buf_release(&line);
    buf_release(&weight);
}

/* Whether the question is about one product and each of its readings is simple enough for words. */
static bool is_simple_order(const struct reading *reading)
{
    bool simple = reading->about == ABOUT_ORDER && reading->option_count != 0;

    for (size_t i = 0; i < reading->option_count; i++) {
        const struct set *set = &reading->option_sets.at[reading->options[i].first];

        simple = simple && set->reps != REPS_UNKNOWN && set->segment_count == 0 &&
                 isnan(set->load_kg) == (reading->options[i].count != 1);
    }
    return simple;
}

static int ask_order(struct turn *turn, struct pending *pending, struct err *err)
{
    const struct reading *reading = &turn->coach->reading;

    reply_say(&turn->reply, turn->texts, TEXT_ASK_ORDER, ARG("text", pending->text));
    for (size_t i = 0; i < reading->option_count; i++)
        add_order_option(turn, &reading->option_sets.at[reading->options[i].first], reading->options[i].count);
    return question_wait(turn, pending, WAITING_READING, err);
}

/* Behind the only answer: what is no question with one. */
static void add_something_else(struct turn *turn)
{
    reply_line(&turn->reply, false);
    reply_add(&turn->reply, REPLY_STRONG, "2 ");
    reply_add(&turn->reply, REPLY_PLAIN, texts_get(turn->texts, TEXT_SOMETHING_ELSE));
}

int ask_reading(struct turn *turn, struct pending *pending, struct err *err)
{
    const struct reading *reading = &turn->coach->reading;
    size_t count;

    if (reading->about == ABOUT_EXERCISE && reading->unknown_name[0] != '\0')
        return ask_name(turn, pending, err);
    if (is_simple_order(reading))
        return ask_order(turn, pending, err);
    reply_line(&turn->reply, false);
    reply_add(&turn->reply, REPLY_PLAIN, reading->question);
    count = add_reading_options(turn, true);
    if (count == 1)
        add_something_else(turn);
    if (count != 0)
        return question_wait(turn, pending, WAITING_READING, err);
    if (reading->about == ABOUT_REPS)
        return question_wait(turn, pending, WAITING_REPS, err);
    turn->kind = OUT_QUESTION;
    return 0;
}

static void add_choice(struct pending *pending, const char exercise[EXERCISE_ID_SIZE])
{
    for (int i = 0; i < pending->choice_count; i++)
        if (strcmp(pending->choices[i], exercise) == 0)
            return;
    if (pending->choice_count < NAME_CANDIDATES)
        memcpy(pending->choices[pending->choice_count++], exercise, EXERCISE_ID_SIZE);
}

/* What was spoken of, what was offered for the set before, which waits for the same answer, then what was done last. */
static void choose_among(struct turn *turn, struct pending *pending)
{
    char recent[NAME_CANDIDATES][EXERCISE_ID_SIZE];
    int count = context_recent(turn, pending->sent_ms, recent, NAME_CANDIDATES);

    pending->choice_count = 0;
    if (turn->onto.mentioned[0] != '\0')
        add_choice(pending, turn->onto.mentioned);
    if (unanswered_since(turn, pending->sent_ms))
        for (int i = 0; i < turn->unanswered.choice_count; i++)
            add_choice(pending, turn->unanswered.choices[i]);
    for (int i = 0; i < count; i++)
        add_choice(pending, recent[i]);
}

int ask_exercise(struct turn *turn, struct pending *pending, struct err *err)
{
    const struct texts *texts = turn->texts;
    struct buf line = BUF_INIT(1024);
    int result;

    wording_sets(turn, turn->logged.at, turn->logged.count, false, &line);
    pending->unknown[0] = '\0';
    choose_among(turn, pending);
    reply_say(&turn->reply, texts, pending->choice_count != 0 ? TEXT_ASK_EXERCISE : TEXT_ASK_EXERCISE_NEW,
              ARG("sets", buf_text(&line)));
    for (int i = 0; i < pending->choice_count; i++) {
        for (size_t j = 0; j < turn->logged.count; j++)
            memcpy(turn->logged.at[j].exercise, pending->choices[i], EXERCISE_ID_SIZE);
        buf_clear(&line);
        wording_exercise(turn, pending->choices[i], &line);
        ask_option(turn, buf_text(&line), turn->logged.at, turn->logged.count);
    }
    result = question_wait(turn, pending, WAITING_EXERCISE, err);
    buf_release(&line);
    return result;
}

int ask_load(struct turn *turn, struct pending *pending, size_t index, struct err *err)
{
    const struct set *set = &turn->logged.at[index];
    const struct logged_set *last = context_load(turn, set->exercise, pending->sent_ms, false);
    struct buf line = BUF_INIT(1024);
    int result;

    wording_sets(turn, turn->logged.at, turn->logged.count, true, &line);
    reply_say(&turn->reply, turn->texts, TEXT_ASK_LOAD, ARG("sets", buf_text(&line)));
    pending->load_kg = NAN;
    memcpy(pending->exercise, set->exercise, sizeof(pending->exercise)); /* as it was shown, whatever comes meanwhile */
    if (last != NULL) {
        buf_clear(&line);
        wording_load(turn, last->set.load_mode, last->set.load_kg, &line);
        pending->load_kg = last->set.load_kg;
        for (size_t i = 0; i < turn->logged.count; i++)
            turn->logged.at[i].load_kg =
                isnan(turn->logged.at[i].load_kg) ? last->set.load_kg : turn->logged.at[i].load_kg;
        ask_option(turn, buf_text(&line), turn->logged.at, turn->logged.count);
    }
    result = question_wait(turn, pending, WAITING_LOAD, err);
    buf_release(&line);
    return result;
}

/* "Do you mean" SETS, or something else? */
static void add_guess(struct turn *turn, const struct set *sets, size_t count)
{
    struct buf line = BUF_INIT(1024);

    wording_sets(turn, sets, count, true, &line);
    reply_tell(&turn->reply, turn->texts, TEXT_ASK_GUESS);
    ask_option(turn, buf_text(&line), sets, count);
    add_something_else(turn);
    buf_release(&line);
}

int ask_guess(struct turn *turn, struct pending *pending, struct err *err)
{
    add_guess(turn, turn->logged.at, turn->logged.count);
    return question_wait(turn, pending, WAITING_GUESS, err);
}

int ask_fix(struct turn *turn, struct pending *pending, const struct set *old, const struct set *sets, size_t count,
            struct err *err)
{
    add_guess(turn, sets, count);
    fix_say_instead(turn, old, count);
    return question_wait(turn, pending, WAITING_FIX, err);
}
