/*
 * today: the day's sets, as the lifter's clock has the day.
 */
#include "bot/coach/commands.h"
#include "bot/coach/day.h"
#include "bot/coach/earlier.h"
#include "bot/coach/wording.h"

static int today_run(struct turn *turn, struct span arguments, struct err *err)
{
    const struct texts *texts = turn->texts;
    struct day day = day_of(turn, turn->message->sent_ms);
    struct buf count = BUF_INIT(64);
    struct set_list list = {0};
    int result = lifter_sets(turn->lifter, turn->store, day.start_ms, day.end_ms, set_list_add, &list, err);

    (void)arguments;
    if (result == 0 && list.sets.count == 0) {
        reply_tell(&turn->reply, texts, TEXT_TODAY_NONE);
    } else if (result == 0) {
        wording_sets_count(texts, list.sets.count, &count);
        reply_say(&turn->reply, texts, TEXT_TODAY, ARG("sets", buf_text(&count)));
        wording_list(turn, list.sets.at, list.sets.count);
    }
    set_list_release(&list);
    buf_release(&count);
    return result;
}

const struct command today_command = {
    .name = "today",
    .aliases = "what did i do today,how did i do today,how many sets today,how many "
               "sets did i do,how many sets so far,"
               "how many sets have i done",
    .german = "heute,was habe ich heute gemacht,wie viele sätze heute,wie viele sätze hab ich heute,"
              "wie viele sätze habe ich heute",
    .arguments = "",
    .example = "today",
    .group = COMMAND_REVIEW,
    .tells = TELLS_LOG,
    .help = TEXT_HELP_TODAY,
    .run = today_run};
