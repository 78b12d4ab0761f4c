/*
 * last: what was done last time, of one exercise or of all: before today, if there was such a day.
 */
#include <string.h>

#include "bot/coach/advise.h"
#include "bot/coach/commands.h"
#include "bot/coach/comment.h"
#include "bot/coach/day.h"
#include "bot/coach/names.h"
#include "bot/coach/related.h"
#include "bot/coach/typed.h"
#include "bot/coach/wording.h"

typedef VEC(struct set) day_sets;
typedef VEC(int64_t) day_inputs;

struct last {
    struct turn *turn;
    const struct exercise *exercise; /* NULL: all */
    uint32_t muscles;                /* those that train one of them first; 0: all */
    int64_t today_ms;                /* when it began */
    struct day day;                  /* whose sets these are */
    day_sets sets;
    day_inputs inputs; /* the messages that they were written in */
};

static bool is_asked(const struct last *last, const char *id)
{
    const struct exercise *exercise;

    if (last->exercise != NULL)
        return strcmp(id, last->exercise->id) == 0;
    exercise = last->muscles != 0 ? lifter_exercise(last->turn->lifter, id) : NULL;
    return last->muscles == 0 || (exercise != NULL && (exercise->primary & last->muscles) != 0);
}

/* Keeps the sets of the newest day; today's only while there are no others. */
static int take_row(void *arg, const struct coach_set_row *row)
{
    struct last *last = arg;

    if (!is_asked(last, row->set.exercise))
        return 0;
    if (row->at_ms >= last->day.end_ms) {
        if (row->at_ms >= last->today_ms && last->sets.count != 0)
            return 1;
        last->day = day_of(last->turn, row->at_ms);
        vec_clear(&last->sets);
        vec_clear(&last->inputs);
    }
    vec_push(&last->sets, row->set);
    if (last->inputs.count == 0 || last->inputs.at[last->inputs.count - 1] != row->input)
        vec_push(&last->inputs, row->input);
    return 0;
}

static void say(struct turn *turn, const struct last *last, struct span typed)
{
    struct buf date = BUF_INIT(64), name = BUF_INIT(128);

    if (last->sets.count == 0 && (last->exercise != NULL || last->muscles != 0)) {
        if (last->exercise != NULL)
            wording_exercise(turn, last->exercise->id, &name);
        else
            buf_add_span(&name, typed);
        reply_say(&turn->reply, turn->texts, TEXT_LAST_NONE, ARG("exercise", buf_text(&name)));
    } else if (last->sets.count == 0) {
        reply_tell(&turn->reply, turn->texts, TEXT_LAST_NOTHING);
    } else {
        wording_date(turn->texts, last->day.number, &date);
        reply_say(&turn->reply, turn->texts, TEXT_LAST, ARG("date", buf_text(&date)));
        wording_list(turn, last->sets.at, last->sets.count);
    }
    buf_release(&date);
    buf_release(&name);
}

/* What coaches said of them. */
static int say_comments(struct turn *turn, const struct last *last, struct err *err)
{
    comment_list comments = {0};
    int result = comments_load(turn, &comments, err);

    for (size_t i = 0; i < last->inputs.count && result == 0; i++)
        comments_say(turn, &comments, last->inputs.at[i]);
    comments_release(&comments);
    return result;
}

/* An exercise, or muscles. False: it is neither, and that is said. */
static bool read_asked(struct last *last, struct span typed)
{
    struct turn *turn = last->turn;

    if (typed.length == 0)
        return true;
    if (exercise_find_exact(&turn->lifter->names, typed) == NULL)
        last->muscles = names_muscles(turn, typed);
    if (last->muscles == 0)
        last->exercise = names_exercise(turn, typed);
    return last->muscles != 0 || last->exercise != NULL;
}

static int run(struct turn *turn, struct span arguments, struct err *err)
{
    int64_t now_ms = turn->message->sent_ms;
    struct last last = {.turn = turn, .day = {.end_ms = INT64_MIN}};
    int result, related = 0;

    if (typed_is(arguments, "week,woche"))
        return week_command.run(turn, span_of("last"), err);
    result = advise_load(turn, now_ms, err);
    if (result == 0 && !read_asked(&last, arguments))
        return 0;
    if (result == 0) {
        last.today_ms = day_of(turn, now_ms).start_ms;
        result = lifter_sets(turn->lifter, turn->store, 0, now_ms + 1, take_row, &last, err);
    }
    if (result >= 0 && last.sets.count == 0 && last.exercise != NULL)
        result = related = related_run(turn, last.exercise, &last_command, err);
    if (result >= 0 && related == 0)
        say(turn, &last, arguments);
    if (result >= 0 && related == 0)
        result = say_comments(turn, &last, err);
    vec_release(&last.inputs);
    vec_release(&last.sets);
    return result < 0 ? -1 : 0;
}

const struct command last_command = {
    .name = "last",
    .aliases = "last time,last session,what did i do last time on,what did i do last time,what did i do last",
    .german = "letztes mal,letztes,was war mein letztes,zuletzt,was habe ich letztes mal gemacht",
    .arguments = "[EXERCISE or MUSCLE]",
    .words = 4,
    .never_before = "0123456789x*+@",
    .example = "last bench",
    .after_name = true,
    .may_be_other = true,
    .group = COMMAND_REVIEW,
    .tells = TELLS_LOG,
    .help = TEXT_HELP_LAST,
    .run = run};
