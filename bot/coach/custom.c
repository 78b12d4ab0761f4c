/*
 * How a lifter writes, and notation: what was answered or typed about it, as list in one value. The last one of a
 * habit counts, but for those whose sets are gone.
 */
#include "bot/coach/custom.h"

#include <inttypes.h>
#include <stdlib.h>

#include "bot/coach/commands.h"
#include "bot/coach/setting_words.h"
#include "bot/coach/typed.h"

enum { RECORDS_MAX = 64, VALUE_MAX = RECORDS_MAX * 80, LINE_MAX = 512 };
#define VALUE "notation"
#define OPEN "none" /* it is asked again */

/* "INPUT ACTION 8x12 sets": 0 and 0 where it was typed. */
struct custom {
    int64_t input, action;
    enum habit habit;
    int way; /* HABIT_UNKNOWN: OPEN */
};

typedef VEC(struct custom) custom_list;

/* What is known of each habit. */
struct customs {
    int ways[HABIT_COUNT]; /* HABIT_UNKNOWN */
};

/* ---------------------------------------------------------------- kept */

/* "8x12 sets", as it is kept and shown: false when it is of another version. */
static bool read_words(struct span words, struct custom *custom)
{
    for (int habit = 0; habit < HABIT_COUNT; habit++) {
        size_t length = strlen(habit_example((enum habit)habit));
        struct span meaning;

        if (!span_starts(words, habit_example((enum habit)habit)) || words.length <= length || words.at[length] != ' ')
            continue;
        meaning = (struct span){words.at + length + 1, words.length - length - 1};
        custom->habit = (enum habit)habit;
        custom->way = habit_way(custom->habit, meaning);
        return custom->way != HABIT_UNKNOWN || span_is(meaning, OPEN);
    }
    return false;
}

static void print_words(enum habit habit, int way, struct buf *out)
{
    buf_addf(out, "%s %s", habit_example(habit), way == HABIT_UNKNOWN ? OPEN : habit_meaning(habit, (unsigned)way));
}

static int load(struct turn *turn, custom_list *list, struct err *err)
{
    struct buf value = BUF_INIT(VALUE_MAX);
    int found = turn->store->value_get(turn->store->self, turn->lifter->id, VALUE, &value, err);
    struct span rest = buf_span(&value);

    while (found == 1 && rest.length != 0) {
        struct span line = span_take(&rest, '\n');
        struct span input = span_take(&line, ' '), action = span_take(&line, ' ');
        struct custom custom;

        if (span_number(input, INT64_MAX, &custom.input) && span_number(action, INT64_MAX, &custom.action) &&
            read_words(line, &custom))
            vec_push(list, custom);
    }
    buf_release(&value);
    return found < 0 ? -1 : 0;
}

/* The oldest are let go of when there are too many. */
static int keep(struct turn *turn, const custom_list *list, struct err *err)
{
    struct buf value = BUF_INIT(VALUE_MAX);
    int result;

    for (size_t i = list->count > RECORDS_MAX ? list->count - RECORDS_MAX : 0; i < list->count; i++) {
        const struct custom *custom = &list->at[i];

        buf_addf(&value, "%" PRId64 " %" PRId64 " ", custom->input, custom->action);
        print_words(custom->habit, custom->way, &value);
        buf_addc(&value, '\n');
    }
    result = turn->store->value_put(turn->store->self, turn->lifter->id, VALUE,
                                    list->count != 0 ? buf_text(&value) : NULL, err);
    buf_release(&value);
    return result;
}

/* ---------------------------------------------------------------- what holds */

struct booked {
    int64_t action;
    bool there;
};

static int check_booked(void *arg, const struct coach_set_row *row)
{
    struct booked *booked = arg;

    booked->there = booked->there || row->action == booked->action;
    return 0;
}

/* Whether the sets that RECORD was answered for are still those of that answer: 1, 0, -1. */
static int stands(struct turn *turn, const struct custom *custom, struct err *err)
{
    struct booked booked = {custom->action, custom->action == 0};

    if (custom->action != 0 &&
        turn->store->sets_of_input(turn->store->self, custom->input, check_booked, &booked, err) < 0)
        return -1;
    return booked.there;
}

static int read_customs(struct turn *turn, struct customs *customs, struct err *err)
{
    custom_list list = {0};
    int result = load(turn, &list, err);

    for (int i = 0; i < HABIT_COUNT; i++)
        customs->ways[i] = HABIT_UNKNOWN;
    for (size_t i = 0; i < list.count && result >= 0; i++) {
        result = stands(turn, &list.at[i], err);
        if (result == 1)
            customs->ways[list.at[i].habit] = list.at[i].way;
    }
    vec_release(&list);
    return result < 0 ? -1 : 0;
}

static bool agrees(const struct customs *customs, const struct reading_option *option)
{
    for (size_t i = 0; i < option->habit_count; i++) {
        int way = customs->ways[option->habits[i].habit];

        if (way != HABIT_UNKNOWN && way != option->habits[i].way)
            return false;
    }
    return true;
}

int custom_option(struct turn *turn, int *option, struct err *err)
{
    const struct reading *reading = &turn->coach->reading;
    struct customs customs;
    int left = 0;

    if (reading->option_count < 2 || reading->about == ABOUT_EXERCISE)
        return 0;
    if (read_customs(turn, &customs, err) < 0)
        return -1;
    for (size_t i = 0; i < reading->option_count; i++) {
        if (!agrees(&customs, &reading->options[i]))
            continue;
        left++;
        *option = (int)i;
    }
    return left == 1;
}

/* ---------------------------------------------------------------- learning */

int custom_learn(struct turn *turn, int option, int64_t input, int64_t action, struct err *err)
{
    const struct reading_option *answer = &turn->coach->reading.options[option];
    custom_list list = {0};
    int result = 0;

    if (answer->habit_count == 0)
        return 0;
    result = load(turn, &list, err);
    for (size_t i = 0; i < answer->habit_count; i++)
        vec_push(&list, ((struct custom){input, action, (enum habit)answer->habits[i].habit, answer->habits[i].way}));
    if (result == 0)
        result = keep(turn, &list, err);
    vec_release(&list);
    return result < 0 ? -1 : 1;
}

static void print_shown(const struct turn *turn, enum habit habit, int way, struct buf *out)
{
    struct buf words = BUF_INIT(128);

    print_words(habit, way, &words);
    buf_adds(out, out->length != 0 ? ", " : "");
    setting_words_show(buf_text(&words), texts_language(turn->texts), out);
    buf_release(&words);
}

void custom_say_learned(struct turn *turn, int option)
{
    const struct reading_option *answer = &turn->coach->reading.options[option];
    struct buf line = BUF_INIT(LINE_MAX);

    for (size_t i = 0; i < answer->habit_count; i++)
        print_shown(turn, (enum habit)answer->habits[i].habit, answer->habits[i].way, &line);
    reply_say(&turn->reply, turn->texts, TEXT_NOTATION_KEPT, ARG("value", buf_text(&line)));
    buf_release(&line);
}

/* ---------------------------------------------------------------- notation */

static void print_customs(const struct turn *turn, const struct customs *customs, struct buf *out)
{
    for (int habit = 0; habit < HABIT_COUNT; habit++)
        if (customs->ways[habit] != HABIT_UNKNOWN)
            print_shown(turn, (enum habit)habit, customs->ways[habit], out);
}

/* SOME: nothing is said of nothing. 1 it was said, 0, -1. */
static int say_customs(struct turn *turn, bool some, struct err *err)
{
    struct buf shown = BUF_INIT(LINE_MAX);
    struct customs customs;
    int result = read_customs(turn, &customs, err);

    if (result == 0)
        print_customs(turn, &customs, &shown);
    if (result == 0 && (!some || shown.length != 0)) {
        setting_say(turn, TEXT_TITLE_NOTATION, buf_text(&shown));
        result = 1;
    }
    buf_release(&shown);
    return result;
}

int custom_say(struct turn *turn, struct err *err)
{
    return say_customs(turn, true, err);
}

/* "5x10 sets": any text about which the reader would ask that. */
static bool read_typed(struct turn *turn, struct span text, struct custom *custom)
{
    const struct reading_options options = turn_reading_options(turn);
    struct reading *reading = &turn->coach->reading;
    struct span meaning = typed_last_word(&text);

    reading_read(reading, text, &options);
    if (reading->kind != READING_QUESTION || reading->about == ABOUT_EXERCISE || reading->options[0].habit_count != 1)
        return false;
    *custom = (struct custom){.habit = (enum habit)reading->options[0].habits[0].habit, .way = HABIT_UNKNOWN};
    custom->way = habit_way(custom->habit, meaning);
    return custom->way != HABIT_UNKNOWN || span_is(meaning, OPEN);
}

/* What was typed takes the place of all that was known before. */
static void put(custom_list *list, const struct custom *custom)
{
    for (size_t i = list->count; i-- > 0;)
        if (list->at[i].habit == custom->habit)
            vec_remove(list, i);
    vec_push(list, *custom);
}

/* 1, 0 TEXT says nothing of it, -1. */
static int change(struct turn *turn, struct span text, struct err *err)
{
    custom_list list = {0};
    struct custom custom;
    int result = 0;

    if (!span_is(text, OPEN)) {
        if (!read_typed(turn, text, &custom))
            return 0;
        result = load(turn, &list, err);
        put(&list, &custom);
    }
    if (result == 0)
        result = keep(turn, &list, err);
    vec_release(&list);
    return result < 0 ? -1 : 1;
}

static int notation_run(struct turn *turn, struct span arguments, struct err *err)
{
    struct buf folded = BUF_INIT(LINE_MAX), words = BUF_INIT(2 * LINE_MAX);
    int result = arguments.length == 0;

    if (result == 0 && typed_fold(arguments, &folded) == 0) {
        setting_words_read(buf_span(&folded), &words);
        result = change(turn, buf_span(&words), err);
    }
    if (result == 0)
        setting_refuse(turn, TEXT_TITLE_NOTATION, TEXT_EXPECTED_NOTATION, arguments);
    if (result == 1)
        result = say_customs(turn, false, err);
    if (result >= 0 && arguments.length == 0)
        reply_tell(&turn->reply, turn->texts, TEXT_EXPECTED_NOTATION);
    buf_release(&folded);
    buf_release(&words);
    return result < 0 ? -1 : 0;
}

const struct command notation_command = {.name = "notation",
                                         .aliases = "",
                                         .german = "schreibweise",
                                         .arguments = "[EXAMPLE MEANING|none]",
                                         .words = 5,
                                         .example = "notation 8x12 sets",
                                         .group = COMMAND_ABOUT_YOU,
                                         .help = TEXT_HELP_NOTATION,
                                         .run = notation_run};
