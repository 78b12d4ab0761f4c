/*
 * today: the day's sets, as the lifter's clock has the day; or another day's.
 */
#include "bot/coach/commands.h"
#include "bot/coach/day.h"
#include "bot/coach/earlier.h"
#include "bot/coach/wording.h"

static void say_today(struct turn *turn, const struct day *day, const struct set_list *list)
{
    struct buf count = BUF_INIT(64);

    (void)day;
    wording_sets_count(turn->texts, list->sets.count, &count);
    if (list->sets.count == 0)
        reply_tell(&turn->reply, turn->texts, TEXT_TODAY_NONE);
    else
        reply_say(&turn->reply, turn->texts, TEXT_TODAY, ARG("sets", buf_text(&count)));
    buf_release(&count);
}

static void say_day(struct turn *turn, const struct day *day, const struct set_list *list)
{
    struct buf count = BUF_INIT(64), date = BUF_INIT(64);

    wording_sets_count(turn->texts, list->sets.count, &count);
    wording_date(turn->texts, day->number, &date);
    reply_say(&turn->reply, turn->texts, list->sets.count == 0 ? TEXT_OF_DAY_NONE : TEXT_OF_DAY,
              ARG("sets", buf_text(&count)), ARG("date", buf_text(&date)));
    buf_release(&count);
    buf_release(&date);
}

static int list_day(struct turn *turn, const struct day *day,
                    void (*say)(struct turn *turn, const struct day *day, const struct set_list *list), struct err *err)
{
    struct set_list list = {0};
    int result = lifter_load_names(turn->lifter, turn->store, err);

    if (result == 0)
        result = lifter_sets(turn->lifter, turn->store, day->start_ms, day->end_ms, set_list_add, &list, err);
    if (result == 0) {
        say(turn, day, &list);
        wording_list(turn, list.sets.at, list.sets.count);
    }
    set_list_release(&list);
    return result;
}

static int today_run(struct turn *turn, struct span arguments, struct err *err)
{
    struct day today = day_of(turn, turn->message->sent_ms);

    (void)arguments;
    return list_day(turn, &today, say_today, err);
}

static int day_run(struct turn *turn, struct span arguments, struct err *err)
{
    struct day day = day_of(turn, turn->message->sent_ms);

    if (!day_typed(turn, arguments, &day))
        return turn_refuse(turn, TEXT_OF_DAY_USAGE);
    return list_day(turn, &day, say_day, err);
}

const struct command today_command = {
    .name = "today",
    .aliases = "what did i do today,how did i do today,how many sets today,how many "
               "sets did i do,how many sets so far,how much did i do,how much did i do today,"
               "how much did i lift,how much did i lift today,how much have i done,how much have i done today,"
               "how many sets have i done",
    .german = "heute,was habe ich heute gemacht,wie viele sätze heute,wie viele sätze hab ich heute,"
              "wie viele sätze habe ich heute",
    .arguments = "",
    .example = "today",
    .group = COMMAND_REVIEW,
    .tells = TELLS_LOG,
    .help = TEXT_HELP_TODAY,
    .run = today_run};

const struct command day_command = {.name = "day",
                                    .aliases = "",
                                    .german = "tag",
                                    .arguments = "[DAY]",
                                    .words = 3,
                                    .never_before = "x*+@",
                                    .example = "day monday",
                                    .may_be_other = true, /* "day off tomorrow?" */
                                    .group = COMMAND_REVIEW,
                                    .tells = TELLS_LOG,
                                    .unlisted = true,
                                    .help = TEXT_HELP_DAY,
                                    .run = day_run};
